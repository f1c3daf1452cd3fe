import 'server-only';
import { z } from 'zod';
import type { ConnectMode } from '@/lib/server/auth/connect-mode';
import type { Role } from '@/lib/server/auth/user';
import { leastSeconds } from '@/lib/server/money/budget-marks';
import { RESERVE } from '@/lib/server/money/ledger-scripts';
import { dayBefore, isSoonAfterMidnight, utcDay } from '@/lib/server/money/utc-day';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore, runScript } from '@/lib/server/store/run-script';
import { KEEP_CALL_SECONDS, KEEP_SECONDS, storeKeys } from '@/lib/server/store/store-keys';
import type { CallOptions } from '@/lib/shared/contract';
import { CallId, type UserId } from '@/lib/shared/ids';
import { planningMicroUsdPerSecond } from '@/lib/shared/prices';

/** An unused relay ticket holds room from others for at most this long. */
const LONGEST_TICKET_SECONDS = 60;

/** What is counted per day: the seconds of a user or a network, or the money of the site. */
export interface Account {
  id: string;
  /** The limit per day, in the account's unit. */
  limit: number;
  unit: 'seconds' | 'micro_usd';
  /** Other users count on it too, but not all of them. */
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
  /** Only for the sums of a day. */
  role: Role;
  /** The owner's name in the audit trail, by which a person is blocked. */
  who: string;
  options: CallOptions;
  accounts: readonly Account[];
  connect: ConnectMode;
  /** Relay: the hash of the one-use ticket, see `calls/tickets`. */
  ticketHash?: string;
  /** Relay: the offer that the request carried. Then no ticket is needed. */
  dialId?: string;
}

/** Returns until when a secret or a ticket that is issued now can be used. Our own tickets live a minute at most. */
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
  /** There is room again when another call ends. */
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
 * `goneCallId`: a call that held the user's slot and that the database no longer knows. Throws `store_unavailable`.
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
  const open = slots.map((fields) => Slot.safeParse(fields).data).find((slot) => slot?.void === false);
  return open?.callId ?? null;
}

const Sum = z
  .number()
  .nullish()
  .transform((sum) => sum ?? 0);

/**
 * Returns the seconds that may still be reserved today: the least that any account has left.
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
