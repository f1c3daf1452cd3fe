import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectMode } from '@/lib/server/auth/connect-mode';
import { RESERVE, SETTLE, USED } from '@/lib/server/money/ledger-scripts';
import { afterResponse } from '@/lib/server/platform/background';
import { getEnv } from '@/lib/server/platform/env';
import { runScript } from '@/lib/server/store/run-script';
import { KEEP_SECONDS, storeKeys } from '@/lib/server/store/store-keys';
import type { CallOptions, EndReason } from '@/lib/shared/contract';
import type { CallId, RtcCallId, UserId } from '@/lib/shared/ids';
import { MICRO_USD, planningMicroUsdPerSecond } from '@/lib/shared/prices';

/** Less than this is no conversation, unless calls are this short anyway: the allowance counts as used up. */
const LEAST_SECONDS = 15;
/** When the database is in trouble, a release is tried again after these waits. */
const RELEASE_WAITS_MS = [1000, 4000];

/** Where seconds are counted: a user, or the network that a guest comes from. */
export interface Account {
  id: string;
  allowanceSeconds: number;
}

/** What settling needs to know of a call. */
export interface LedgerCall {
  callId: CallId;
  owner: UserId;
  accounts: readonly Account[];
  /** The UTC day on which it began. Its reservation is on that day, whatever day it is now. */
  day: string;
}

/** What is stored of a new call. */
export interface NewCall extends LedgerCall {
  agent: string;
  options: CallOptions;
  connect: ConnectMode;
  /** Relay: the hash of the one-use ticket, see `calls/tickets`. */
  ticketHash?: string;
}

/** Returns a day such as `2026-11-21`. Allowances and the budget start again with each UTC day. */
export const utcDay = (nowMs: number) => new Date(nowMs).toISOString().slice(0, 10);

/** Returns the whole seconds until the next UTC midnight. */
export const secondsUntilNextDay = (nowMs: number) => 86_400 - (Math.floor(nowMs / 1000) % 86_400);

const accountKeys = (accounts: readonly Account[], day: string) =>
  accounts.map(({ id }) => storeKeys.account(id, day));
const allowances = (accounts: readonly Account[]) => accounts.map((account) => account.allowanceSeconds);

/** The keys that both reserving and settling change. */
const callKeys = ({ callId, owner, day }: LedgerCall) => ({
  call: storeKeys.call(callId),
  slot: storeKeys.slot(owner),
  site: storeKeys.site(day),
  deadlines: storeKeys.deadlines,
});

export type ReservationResult =
  | { outcome: 'reserved'; seconds: number }
  | { outcome: 'already_in_call'; callId: CallId }
  | { outcome: 'allowance_exhausted' | 'budget_exhausted' | 'void' };

/**
 * Reserves the length of a call, or what is left of the user's day if that is less, and stores the call.
 * A call on the caller's own key costs the site no money. Throws `store_unavailable`.
 */
export async function reserve(call: NewCall, nowMs: number): Promise<ReservationResult> {
  const { voice, realtime } = getEnv();
  const keys = { ...callKeys(call), accounts: accountKeys(call.accounts, call.day) };
  const reply = await runScript(RESERVE, keys, {
    callId: call.callId,
    nowMs,
    wantedSeconds: voice.callSeconds,
    leastSeconds: Math.min(LEAST_SECONDS, voice.callSeconds),
    microUsdPerSecond: call.connect === 'own_key' ? 0 : planningMicroUsdPerSecond(realtime.model),
    siteBudgetMicroUsd: Math.round(voice.siteBudgetUsdPerDay * MICRO_USD),
    keepSeconds: KEEP_SECONDS,
    owner: call.owner,
    agent: call.agent,
    day: call.day,
    accountsJson: JSON.stringify(call.accounts),
    connect: call.connect,
    optionsJson: JSON.stringify(call.options),
    secretUntilMs: nowMs + realtime.clientSecretTtlSeconds * 1000,
    ticketHash: call.ticketHash ?? '',
    allowances: allowances(call.accounts),
  });
  if (reply[0] === 'reserved') return { outcome: 'reserved', seconds: reply[1] };
  if (reply[0] === 'already_in_call') return { outcome: 'already_in_call', callId: reply[1] };
  return { outcome: reply[0] };
}

/**
 * How a call came to its end, and what that costs. Unused seconds come back only when nothing can still be talking.
 *
 * - `released`: no secret was ever handed out for it. Costs nothing.
 * - `unconnected`: no connection is known. In relay mode there is none, because the SDP answer goes to the browser only
 *   after its id is stored: costs nothing, or after a resume the time until now. A direct secret may have opened a
 *   connection that was never reported: costs all.
 * - `hung_up`: the provider ended this very connection at our request. Costs the time until now.
 * - `gone`: the provider does not know this connection. In relay mode the provider itself named it, so it has ended:
 *   costs the time until now. In direct mode the browser named it, and may have made it up while another connection
 *   of the same secret talks on: the time until the secret expired is charged at least. Honest callers hang up before
 *   they leave, so they get `hung_up`.
 * - `unconfirmed`: it may still be talking. Costs all, and the reaper keeps trying to hang up.
 */
export type CallEnding =
  | { how: 'released' | 'unconnected' }
  | { how: 'hung_up' | 'gone' | 'unconfirmed'; rtcCallId: RtcCallId };

export interface Settlement {
  /** False if the call was settled before. The rest is that first settlement. */
  isNew: boolean;
  chargedSeconds: number;
  reason: EndReason;
  secondsLeftToday: number;
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
  const { callId, accounts, day } = call;
  const keys = {
    ...callKeys(call),
    hangUps: storeKeys.hangUps,
    accounts: [...accountKeys(accounts, day), ...accountKeys(accounts, utcDay(nowMs))],
  };
  const reply = await runScript(SETTLE, keys, {
    callId,
    nowMs,
    how: ending.how,
    rtcCallId: 'rtcCallId' in ending ? ending.rtcCallId : '',
    reason,
    keepSeconds: KEEP_SECONDS,
    allowances: allowances(accounts),
  });
  if (reply.length === 1) return reply[0];
  const [outcome, chargedSeconds, settledReason, secondsLeftToday] = reply;
  return { isNew: outcome === 'settled', chargedSeconds, reason: settledReason, secondsLeftToday };
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

/**
 * Returns the seconds that may still be reserved today: the least that any of the accounts has left.
 * Throws `store_unavailable`.
 */
export async function secondsLeft(accounts: readonly Account[], nowMs: number): Promise<number> {
  const used = await runScript(USED, { accounts: accountKeys(accounts, utcDay(nowMs)) }, {});
  const left = accounts.map((account, i) => account.allowanceSeconds - (used[i] ?? Infinity));
  return Math.max(0, Math.min(...left));
}
