import 'server-only';
import { z } from 'zod';
import { getEnv } from '@/lib/server/env';
import { RESERVE, SETTLE, USED } from '@/lib/server/ledger-scripts';
import { runScript } from '@/lib/server/run-script';
import { KEEP_SECONDS, storeKeys } from '@/lib/server/store-keys';
import { END_REASONS, type EndReason } from '@/lib/shared/contract';
import { MICRO_USD, planningMicroUsdPerSecond } from '@/lib/shared/prices';

/** Less than this is no conversation: the person is told that the allowance is used up. */
const LEAST_SECONDS = 15;

/** Where seconds are counted: a person, or the network that a guest comes from. */
export interface Account {
  id: string;
  allowanceSeconds: number;
}

/** What settling needs to know of a call. */
export interface LedgerCall {
  callId: string;
  owner: string;
  accounts: readonly Account[];
  /** The UTC day on which it began: its reservation stands there, whatever day it is now. */
  day: string;
}

/** `2026-11-21`. Allowances and the budget start afresh with each UTC day. */
export const utcDay = (nowMs: number) => new Date(nowMs).toISOString().slice(0, 10);

/** Whole seconds until the next UTC midnight. */
export const secondsUntilNextDay = (nowMs: number) => 86_400 - (Math.floor(nowMs / 1000) % 86_400);

const Reservation = z.union([
  z.tuple([z.literal('reserved'), z.number().int().positive()]),
  z.tuple([z.literal('already_in_call'), z.string()]),
  z.tuple([z.enum(['allowance_exhausted', 'budget_exhausted', 'void'])]),
]);

export type ReservationResult =
  | { outcome: 'reserved'; seconds: number }
  | { outcome: 'already_in_call'; callId: string }
  | { outcome: 'allowance_exhausted' | 'budget_exhausted' | 'void' };

/**
 * Reserves the length of a call, or what is left of the person's day if that is less.
 * `agent` and `owner` are kept with the call. Throws `store_unavailable`.
 */
export async function reserve(
  call: LedgerCall & { agent: string },
  nowMs: number,
): Promise<ReservationResult> {
  const { voice, realtime } = getEnv();
  const keys = [
    storeKeys.call(call.callId),
    storeKeys.slot(call.owner),
    storeKeys.site(call.day),
    storeKeys.deadlines,
    ...call.accounts.map(({ id }) => storeKeys.account(id, call.day)),
  ];
  const args = [
    call.callId,
    nowMs,
    voice.callSeconds,
    LEAST_SECONDS,
    planningMicroUsdPerSecond(realtime.model),
    Math.round(voice.siteBudgetUsdPerDay * MICRO_USD),
    KEEP_SECONDS,
    ...call.accounts.map(({ allowanceSeconds }) => allowanceSeconds),
    ...['owner', call.owner, 'agent', call.agent, 'day', call.day],
    ...['accounts', JSON.stringify(call.accounts)],
  ];
  const reply = await runScript(RESERVE, keys, args, Reservation);
  if (reply[0] === 'reserved') return { outcome: 'reserved', seconds: reply[1] };
  if (reply[0] === 'already_in_call') return { outcome: 'already_in_call', callId: reply[1] };
  return { outcome: reply[0] };
}

/**
 * How a call came to its end. `released`: nobody ever got a secret for it. `hung_up`: the provider confirmed
 * that this connection is gone. `unconfirmed`: it may still be talking, so nothing is given back.
 */
export type CallEnding = { how: 'released' } | { how: 'hung_up'; rtcCallId: string } | { how: 'unconfirmed' };

export interface Settlement {
  chargedSeconds: number;
  reason: EndReason;
  secondsLeftToday: number;
}

const Settled = z.union([
  z.tuple([z.literal('settled'), z.number().int(), z.enum(END_REASONS), z.number().int()]),
  z.tuple([z.literal('unknown')]),
]);

/** Settles once; later tries answer the first settlement. `null`: there was no such call. Throws `store_unavailable`. */
export async function settle(
  call: LedgerCall,
  ending: CallEnding,
  reason: EndReason,
  nowMs: number,
): Promise<Settlement | null> {
  const keys = [
    storeKeys.call(call.callId),
    storeKeys.slot(call.owner),
    storeKeys.site(call.day),
    storeKeys.deadlines,
    storeKeys.hangUps,
    ...call.accounts.map(({ id }) => storeKeys.account(id, call.day)),
    ...call.accounts.map(({ id }) => storeKeys.account(id, utcDay(nowMs))),
  ];
  const rtcCallId = ending.how === 'hung_up' ? ending.rtcCallId : '';
  const allowances = call.accounts.map(({ allowanceSeconds }) => allowanceSeconds);
  const args = [call.callId, nowMs, ending.how, rtcCallId, reason, KEEP_SECONDS, ...allowances];
  const reply = await runScript(SETTLE, keys, args, Settled);
  if (reply[0] === 'unknown') return null;
  return { chargedSeconds: reply[1], reason: reply[2], secondsLeftToday: reply[3] };
}

/** Seconds that may still be reserved today: the least that any of the accounts has left. */
export async function secondsLeft(accounts: readonly Account[], nowMs: number): Promise<number> {
  const keys = accounts.map(({ id }) => storeKeys.account(id, utcDay(nowMs)));
  const used = await runScript(USED, keys, [], z.array(z.number()).length(keys.length));
  return Math.max(
    0,
    Math.min(...accounts.map((account, i) => account.allowanceSeconds - (used[i] ?? Infinity))),
  );
}
