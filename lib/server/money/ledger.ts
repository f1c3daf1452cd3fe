import 'server-only';
import { z } from 'zod';
import { RESERVE, SETTLE, USED } from '@/lib/server/money/ledger-scripts';
import { getEnv } from '@/lib/server/platform/env';
import { runScript } from '@/lib/server/store/run-script';
import { KEEP_SECONDS, storeKeys } from '@/lib/server/store/store-keys';
import { type CallOptions, END_REASONS, type EndReason } from '@/lib/shared/contract';
import { CallId, type RtcCallId, type UserId } from '@/lib/shared/ids';
import { MICRO_USD, planningMicroUsdPerSecond } from '@/lib/shared/prices';

/** Less than this is no conversation, unless calls are this short anyway: the allowance counts as used up. */
const LEAST_SECONDS = 15;

/** Where seconds are counted: a person, or the network that a guest comes from. */
export interface Account {
  id: string;
  allowanceSeconds: number;
}

/** What settling needs to know of a call. */
export interface LedgerCall {
  callId: CallId;
  owner: UserId;
  accounts: readonly Account[];
  /** The UTC day on which it began: its reservation stands there, whatever day it is now. */
  day: string;
}

/**
 * Who opens the connection of a call. `direct`: the browser, with the provider's secret. `relay`: this server,
 * for a ticket of its own. `own_key`: as direct, with a secret that the caller's own API key pays for.
 */
export const CONNECT_MODES = ['direct', 'relay', 'own_key'] as const;
export type ConnectMode = (typeof CONNECT_MODES)[number];

/** What is written down of a new call. */
export interface NewCall extends LedgerCall {
  agent: string;
  options: CallOptions;
  connect: ConnectMode;
  /** Relay: stands for the one-use ticket, see `relay-ticket.ts`. */
  ticketHash?: string;
}

/** `2026-11-21`. Allowances and the budget start afresh with each UTC day. */
export const utcDay = (nowMs: number) => new Date(nowMs).toISOString().slice(0, 10);

/** Whole seconds until the next UTC midnight. */
export const secondsUntilNextDay = (nowMs: number) => 86_400 - (Math.floor(nowMs / 1000) % 86_400);

const Reservation = z.union([
  z.tuple([z.literal('reserved'), z.number().int().positive()]),
  z.tuple([z.literal('already_in_call'), CallId]),
  z.tuple([z.enum(['allowance_exhausted', 'budget_exhausted', 'void'])]),
]);

export type ReservationResult =
  | { outcome: 'reserved'; seconds: number }
  | { outcome: 'already_in_call'; callId: CallId }
  | { outcome: 'allowance_exhausted' | 'budget_exhausted' | 'void' };

/**
 * Reserves the length of a call, or what is left of the person's day if that is less, and writes the call down.
 * A call on the caller's own key costs the site no money. Throws `store_unavailable`.
 */
export async function reserve(call: NewCall, nowMs: number): Promise<ReservationResult> {
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
    Math.min(LEAST_SECONDS, voice.callSeconds),
    call.connect === 'own_key' ? 0 : planningMicroUsdPerSecond(realtime.model),
    Math.round(voice.siteBudgetUsdPerDay * MICRO_USD),
    KEEP_SECONDS,
    ...call.accounts.map(({ allowanceSeconds }) => allowanceSeconds),
    ...['owner', call.owner, 'agent', call.agent, 'day', call.day],
    ...['accounts', JSON.stringify(call.accounts), 'connect', call.connect],
    ...['options', JSON.stringify(call.options)],
    ...['secretUntilMs', nowMs + realtime.clientSecretTtlSeconds * 1000],
    ...(call.ticketHash === undefined ? [] : ['ticketHash', call.ticketHash]),
  ];
  const reply = await runScript(RESERVE, keys, args, Reservation);
  if (reply[0] === 'reserved') return { outcome: 'reserved', seconds: reply[1] };
  if (reply[0] === 'already_in_call') return { outcome: 'already_in_call', callId: reply[1] };
  return { outcome: reply[0] };
}

/**
 * How a call came to its end, and what that costs. Unused seconds come back only when nothing can still be talking.
 *
 * - `released`: nobody ever got a secret for it. Costs nothing.
 * - `unconnected`: no connection is known. In relay mode there is none, because its answer goes to the browser only
 *   after its id is stored: costs nothing, or after a resume the time until now. A direct secret may have opened one
 *   that nobody reported: costs all.
 * - `hung_up`: the provider ended this very connection on our word. Costs the time until now.
 * - `gone`: the provider does not know this connection. In relay mode the provider itself named it, so it has ended:
 *   costs the time until now. In direct mode the browser named it, and may have made it up while another connection
 *   of the same secret talks on: the time until the secret expired is charged at least. Honest callers hang up before
 *   they leave, so they get `hung_up`.
 * - `unconfirmed`: it may still be talking. Costs all, and the reaper goes on trying.
 */
export type CallEnding =
  | { how: 'released' | 'unconnected' }
  | { how: 'hung_up' | 'gone' | 'unconfirmed'; rtcCallId: RtcCallId };

export interface Settlement {
  /** False when the call had been settled before: this is what it was told then. */
  isNew: boolean;
  chargedSeconds: number;
  reason: EndReason;
  secondsLeftToday: number;
}

const Settled = z.union([
  z.tuple([z.enum(['settled', 'known']), z.number().int(), z.enum(END_REASONS), z.number().int()]),
  z.tuple([z.enum(['unknown', 'changed'])]),
]);

/**
 * Settles once; later tries answer the first settlement. `unknown`: there was no such call. `changed`: the call has
 * another connection by now, which has to be ended first, and nothing was settled. Throws `store_unavailable`.
 */
export async function settle(
  call: LedgerCall,
  ending: CallEnding,
  reason: EndReason,
  nowMs: number,
): Promise<Settlement | 'unknown' | 'changed'> {
  const keys = [
    storeKeys.call(call.callId),
    storeKeys.slot(call.owner),
    storeKeys.site(call.day),
    storeKeys.deadlines,
    storeKeys.hangUps,
    ...call.accounts.map(({ id }) => storeKeys.account(id, call.day)),
    ...call.accounts.map(({ id }) => storeKeys.account(id, utcDay(nowMs))),
  ];
  const rtcCallId = 'rtcCallId' in ending ? ending.rtcCallId : '';
  const allowances = call.accounts.map(({ allowanceSeconds }) => allowanceSeconds);
  const args = [call.callId, nowMs, ending.how, rtcCallId, reason, KEEP_SECONDS, ...allowances];
  const reply = await runScript(SETTLE, keys, args, Settled);
  if (reply.length === 1) return reply[0];
  return {
    isNew: reply[0] === 'settled',
    chargedSeconds: reply[1],
    reason: reply[2],
    secondsLeftToday: reply[3],
  };
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
