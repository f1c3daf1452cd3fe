import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { ConnectMode } from '@/lib/server/auth/connect-mode';
import type { Role } from '@/lib/server/auth/user';
import { budgetMarks, leastSeconds, tellMarks } from '@/lib/server/money/budget-marks';
import { RESERVE } from '@/lib/server/money/ledger-scripts';
import { CORRECT, SETTLE } from '@/lib/server/money/settle-scripts';
import { AppError } from '@/lib/server/platform/app-error';
import { afterResponse } from '@/lib/server/platform/background';
import { getEnv } from '@/lib/server/platform/env';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore, runScript } from '@/lib/server/store/run-script';
import {
  KEEP_CALL_SECONDS,
  KEEP_SECONDS,
  KEEP_SPEND_SECONDS,
  SHORT_KEEP_SECONDS,
  storeKeys,
} from '@/lib/server/store/store-keys';
import type { CallOptions, EndReason } from '@/lib/shared/contract';
import { CallId, type RtcCallId, type UserId } from '@/lib/shared/ids';
import { planningMicroUsdPerSecond } from '@/lib/shared/prices';

/** When the database is in trouble, a release is tried again after these waits. */
const RELEASE_WAITS_MS = [1000, 4000];
/** A relay ticket that nobody uses holds room from others for so long at most. */
const LONGEST_TICKET_SECONDS = 60;
/** So long after midnight a call of yesterday may still be open: an hour, and the time to notice its end. */
const LOOK_BACK_SECONDS = 2 * 3600;
/** A 404 at the hang-up is asked again after this wait: right after its answer, the provider may not know a call yet. */
const ASK_AGAIN_MS = 15_000;

/** Where a day adds up: the seconds of a user or a network, or the money of the site. */
export interface Account {
  id: string;
  /** The most of a day, in its own unit. */
  limit: number;
  unit: 'seconds' | 'micro_usd';
  /** Some other users count on it too, but not all of them. */
  isShared?: true;
}

/** What settling needs to know of a call. */
export interface LedgerCall {
  callId: CallId;
  owner: UserId;
  /** The UTC day on which it began. Its reservation is on that day, whatever day it is now. */
  day: string;
}

/** What is stored of a new call. */
export interface NewCall extends LedgerCall {
  agent: string;
  /** For the sums of a day alone. */
  role: Role;
  /** The owner's name in the audit trail, by which a person is blocked. */
  who: string;
  options: CallOptions;
  accounts: readonly Account[];
  connect: ConnectMode;
  /** Relay: the hash of the one-use ticket, see `calls/tickets`. */
  ticketHash?: string;
  /** Relay: the offer that came along. Then nobody needs a ticket. */
  dialId?: string;
}

/** Returns a day such as `2026-11-21`. Allowances and the budget start again with each UTC day. */
export const utcDay = (nowMs: number) => new Date(nowMs).toISOString().slice(0, 10);

/** Returns the whole seconds until the next UTC midnight. */
export const secondsUntilNextDay = (nowMs: number) => 86_400 - (Math.floor(nowMs / 1000) % 86_400);

const dayBefore = (day: string) => utcDay(Date.parse(day) - 1);
const isSoonAfterMidnight = (nowMs: number) => Math.floor(nowMs / 1000) % 86_400 < LOOK_BACK_SECONDS;

/** Returns until when a secret or a ticket that is issued now can be used. A ticket of ours lives a minute at most. */
export function secretUntilMs(connect: ConnectMode, nowMs: number): number {
  const { clientSecretTtlSeconds } = getEnv().realtime;
  const seconds =
    connect === 'relay' ? Math.min(LONGEST_TICKET_SECONDS, clientSecretTtlSeconds) : clientSecretTtlSeconds;
  return nowMs + seconds * 1000;
}

export type ReservationResult =
  | { outcome: 'reserved'; seconds: number }
  | { outcome: 'already_in_call'; callId: CallId }
  /** No room before midnight. */
  | { outcome: 'spent'; account: Account }
  /** Room again when another call ends. */
  | { outcome: 'busy'; account: Account; freeAtMs: number }
  /** The owner lets no new call begin. */
  | { outcome: 'paused' }
  /** The owner lets this person or network begin none. `null`: without an end. */
  | { outcome: 'blocked'; untilMs: number | null }
  | { outcome: 'void' };

function requireAccount(accounts: readonly Account[], id: string): Account {
  const account = accounts.find((one) => one.id === id);
  if (!account) throw new AppError('store_unavailable');
  return account;
}

/**
 * Reserves the length of a call, or what is left of the user's or the site's day if that is less, and stores the call.
 * `goneCallId`: a call that held the user's slot and exists no longer. Throws `store_unavailable`.
 */
export async function reserve(
  call: NewCall,
  nowMs: number,
  goneCallId: CallId | null = null,
): Promise<ReservationResult> {
  const { voice, realtime } = getEnv();
  const keys = {
    call: storeKeys.call(call.callId),
    books: storeKeys.books(call.day),
    booksBefore: storeKeys.books(dayBefore(call.day)),
    deadlines: storeKeys.deadlines,
    paused: storeKeys.paused,
    blocks: storeKeys.blocks,
  };
  const reply = await runScript(RESERVE, keys, {
    callId: call.callId,
    owner: call.owner,
    who: call.who,
    nowMs,
    wantedSeconds: voice.callSeconds,
    leastSeconds: leastSeconds(),
    microUsdPerSecond: call.connect === 'own_key' ? 0 : planningMicroUsdPerSecond(realtime.model),
    keepSeconds: KEEP_SECONDS,
    keepCallSeconds: KEEP_CALL_SECONDS,
    accountsJson: JSON.stringify(call.accounts),
    lookBack: isSoonAfterMidnight(nowMs) ? '1' : '',
    goneCallId: goneCallId ?? '',
    agent: call.agent,
    role: call.role,
    day: call.day,
    connect: call.connect,
    optionsJson: JSON.stringify(call.options),
    secretUntilMs: secretUntilMs(call.connect, nowMs),
    ticketHash: call.ticketHash ?? '',
    dialId: call.dialId ?? '',
  });
  switch (reply[0]) {
    case 'reserved':
      return { outcome: 'reserved', seconds: reply[1] };
    case 'already_in_call':
      return { outcome: 'already_in_call', callId: reply[1] };
    case 'spent':
      return { outcome: 'spent', account: requireAccount(call.accounts, reply[1]) };
    case 'busy':
      return { outcome: 'busy', account: requireAccount(call.accounts, reply[1]), freeAtMs: reply[2] };
    case 'blocked':
      return { outcome: 'blocked', untilMs: reply[1] || null };
    case 'paused':
    case 'void':
      return { outcome: reply[0] };
  }
}

const Slot = z.object({ callId: CallId, void: z.boolean().default(false) });

/** Returns the id of the user's open call, or `null`. Throws `store_unavailable`. */
export async function findOpenCall(owner: UserId, nowMs: number): Promise<CallId | null> {
  const day = utcDay(nowMs);
  const days = isSoonAfterMidnight(nowMs) ? [day, dayBefore(day)] : [day];
  const slots = await fromStore(
    Promise.all(days.map((one) => getRedis().hget(storeKeys.books(one), `slot:${owner}`))),
  );
  const slot = slots.map((fields) => Slot.safeParse(fields).data).find((one) => one !== undefined);
  return slot && !slot.void ? slot.callId : null;
}

/**
 * How a call came to its end, and what that costs. Unused seconds come back only when nothing can still be talking, and
 * what passed is charged even if it is more than was reserved: up to the hour after which the provider ends a connection.
 *
 * - `released`: no secret was ever handed out for it. Costs nothing.
 * - `unconnected`: no connection is known. In relay mode there is none, because the SDP answer goes to the browser only
 *   after its id is stored. A dial that failed costs nothing. A ticket that nobody used costs the user the seconds of its
 *   life, because it held room from others, and the site no money. After a resume, the time until now. A direct secret
 *   may have opened a connection that was never reported: costs all.
 * - `hung_up`: the provider ended this very connection at our request. Costs the time until now.
 * - `gone`: the provider does not know this connection. In relay mode the provider itself named it, so it has ended:
 *   costs the time until now. In direct mode the browser named it, and may have made it up while another connection
 *   of the same secret talks on: the time until the secret expired is charged at least. Honest callers hang up before
 *   they leave, so they get `hung_up`. The reaper asks twice again, in case the provider did not know it yet.
 * - `unconfirmed`: it may still be talking. Costs all that was reserved at least, and the reaper keeps trying to hang up.
 */
export type CallEnding =
  | { how: 'released' | 'unconnected' }
  | { how: 'hung_up' | 'gone' | 'unconfirmed'; rtcCallId: RtcCallId };

export interface Settlement {
  /** False if the call was settled before. The rest is that first settlement. */
  isNew: boolean;
  chargedSeconds: number;
  /** What the site's money is charged. */
  chargedMicroUsd: number;
  reason: EndReason;
  secondsLeftToday: number;
  /** Titles of the tools that changed something; empty if the call was settled before. */
  done: string[];
}

/**
 * Settles a call once; later attempts return the first settlement. `unknown`: there was no such call. `changed`: the
 * call has another connection by now, which has to be ended first, and nothing was settled.
 * Throws `store_unavailable`.
 */
export async function settle(
  call: LedgerCall,
  ending: CallEnding,
  reason: EndReason,
  nowMs: number,
): Promise<Settlement | 'unknown' | 'changed'> {
  const { callId, owner, day } = call;
  const keys = {
    call: storeKeys.call(callId),
    books: storeKeys.books(day),
    booksToday: storeKeys.books(utcDay(nowMs)),
    deadlines: storeKeys.deadlines,
    spend: storeKeys.spend(day),
  };
  const reply = await runScript(SETTLE, keys, {
    callId,
    owner,
    nowMs,
    how: ending.how,
    rtcCallId: 'rtcCallId' in ending ? ending.rtcCallId : '',
    reason,
    keepSeconds: KEEP_SECONDS,
    shortKeepSeconds: SHORT_KEEP_SECONDS,
    askAgainMs: nowMs + ASK_AGAIN_MS,
    marksJson: budgetMarks(),
    keepSpendSeconds: KEEP_SPEND_SECONDS,
  });
  if (reply.length === 1) return reply[0];
  const [outcome, chargedSeconds, chargedMicroUsd, settledReason, secondsLeftToday, done, marks] = reply;
  tellMarks(day, marks);
  const isNew = outcome === 'settled';
  return { isNew, chargedSeconds, chargedMicroUsd, reason: settledReason, secondsLeftToday, done };
}

type Correction = Pick<Settlement, 'chargedSeconds' | 'chargedMicroUsd' | 'secondsLeftToday'>;

/**
 * Charges a settled call for what its connection talked until it was hung up just now, and returns the new sums.
 * `null`: it was charged for that already, or has another connection. Throws `store_unavailable`.
 */
export async function correct(
  { callId, day }: LedgerCall,
  rtcCallId: RtcCallId,
  nowMs: number,
): Promise<Correction | null> {
  const keys = { call: storeKeys.call(callId), books: storeKeys.books(day), spend: storeKeys.spend(day) };
  const args = { nowMs, rtcCallId, marksJson: budgetMarks(), keepSpendSeconds: KEEP_SPEND_SECONDS };
  const reply = await runScript(CORRECT, keys, args);
  if (reply[0] === 'same') return null;
  tellMarks(day, reply[4]);
  return { chargedSeconds: reply[1], chargedMicroUsd: reply[2], secondsLeftToday: reply[3] };
}

const tryRelease = (call: LedgerCall) => settle(call, { how: 'released' }, 'setup_failed', Date.now());

async function retryRelease(call: LedgerCall, [waitMs, ...more]: readonly number[]): Promise<unknown> {
  await wait(waitMs);
  return tryRelease(call).catch((error: unknown) => {
    if (more.length === 0) throw error;
    return retryRelease(call, more);
  });
}

/**
 * Releases the whole reservation, also one that reaches the database later. Retries after the response. Never throws.
 */
export const release = (call: LedgerCall): Promise<unknown> =>
  tryRelease(call).catch(() => afterResponse('release', () => retryRelease(call, RELEASE_WAITS_MS)));

const Sum = z
  .number()
  .nullish()
  .transform((sum) => sum ?? 0);

/**
 * Returns the seconds that may still be reserved today: the least that any of the accounts has left.
 * Throws `store_unavailable`.
 */
export async function secondsLeft(accounts: readonly Account[], nowMs: number): Promise<number> {
  const names = accounts.flatMap(({ id }) => [`${id}:spent`, `${id}:held`]);
  const reply = await fromStore(getRedis().hmget(storeKeys.books(utcDay(nowMs)), ...names));
  const sums = z.record(z.string(), Sum).nullable().safeParse(reply);
  if (!sums.success) throw new AppError('store_unavailable', { cause: sums.error });
  const left = accounts.map(
    ({ id, limit }) => limit - (sums.data?.[`${id}:spent`] ?? 0) - (sums.data?.[`${id}:held`] ?? 0),
  );
  return Math.max(0, Math.min(...left));
}
