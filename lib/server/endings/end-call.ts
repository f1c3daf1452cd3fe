import 'server-only';
import { type CallEnding, settle } from '@/lib/server/money/ledger';
import { hangUp } from '@/lib/server/openai';
import { AppError } from '@/lib/server/platform/app-error';
import { audit } from '@/lib/server/records/audit';
import { rememberCall } from '@/lib/server/records/call-history';
import { readCall, requireOwnCall, type StoredCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { EndReason, Receipt } from '@/lib/shared/contract';
import { CallId, type UserId } from '@/lib/shared/ids';
import { MICRO_USD } from '@/lib/shared/prices';

/*
 * Every way in which a call ends comes through `endCall`. Who calls it:
 * - the user (button, "goodbye", closed tab): the route `calls/[callId]/end`
 * - the same user in a new call: `calls/admit-call`
 * - the deadline: `deadline-timers`, QStash by the route `cron/deadline`, or the first request that finds the call overdue
 * - a sign-out or an administrator: below
 * - none of these, because a process or a network died: `reap`
 */

/** A timer may fire a little early. */
const EARLY_MS = 1000;

/** The server cannot hang up a connection that the caller's own key pays for, so it does not try. */
async function hangUpConnection({ rtcCallId, connect }: StoredCall): Promise<CallEnding> {
  if (rtcCallId === undefined) return { how: 'unconnected' };
  const result = connect === 'own_key' ? 'failed' : await hangUp(rtcCallId);
  return { how: result === 'failed' ? 'unconfirmed' : result, rtcCallId };
}

function recordEnd(call: StoredCall, receipt: Receipt): void {
  const { callId, reason, seconds } = receipt;
  const estimatedUsd = (seconds * call.microUsdPerSecond) / MICRO_USD;
  audit({ event: 'call_ended', userId: call.owner, callId, reason, seconds, estimatedUsd });
  rememberCall(call, receipt);
}

/**
 * Hangs up at the provider, then settles by this server's clock, and returns the receipt. Ending an ended call returns
 * the same receipt.
 *
 * `notBeforeMs`: the earliest possible time of the end, even if the clock was put back meanwhile.
 * Unused seconds come back only when nothing can still be talking: see `CallEnding`. Otherwise the whole reservation is
 * charged, and the reaper keeps trying to hang up a known connection.
 * Throws `call_not_found`, or `store_unavailable`: then the call stays open for the reaper.
 */
export async function endCall(call: StoredCall, reason: EndReason, notBeforeMs = 0): Promise<Receipt> {
  const { callId } = call;
  if (call.state === 'ended') {
    const { chargedSeconds, secondsLeftToday } = call;
    return { callId, reason: call.reason, seconds: chargedSeconds, secondsLeftToday };
  }
  const ending = await hangUpConnection(call);
  const settled = await settle(call, ending, reason, Math.max(Date.now(), notBeforeMs));
  if (settled === 'unknown') throw new AppError('call_not_found');
  // It was connected or resumed meanwhile: the new connection has to be hung up too.
  if (settled === 'changed') return endCall(await requireOwnCall(call.owner, callId), reason, notBeforeMs);
  const { chargedSeconds: seconds, secondsLeftToday } = settled;
  const receipt: Receipt = { callId, reason: settled.reason, seconds, secondsLeftToday };
  if (settled.isNew) recordEnd(call, receipt);
  return receipt;
}

/** Ends an overdue call that a request has met. Always throws: `call_ended`, or what `endCall` throws. */
export async function refuseOverdue(userId: UserId, callId: CallId): Promise<never> {
  await endCall(await requireOwnCall(userId, callId), 'time_limit');
  throw new AppError('call_ended');
}

/**
 * Ends a call whose time is up, if it is still open. `nowMs`: the time by the caller's own timer, because the clock may
 * have been put back. Throws `store_unavailable`.
 */
export async function endAtDeadline(callId: CallId, nowMs = Date.now()): Promise<void> {
  const call = await readCall(callId);
  if (!call || call.state === 'ended' || nowMs < call.deadlineMs - EARLY_MS) return;
  await endCall(call, 'time_limit', nowMs);
}

/** Ends the open call of a user who signs out, if there is one. Throws `store_unavailable`. */
export async function endForSignOut(userId: UserId): Promise<void> {
  const callId = CallId.safeParse(await fromStore(getRedis().get(storeKeys.slot(userId)))).data;
  const call = callId ? await readCall(callId) : null;
  if (call) await endCall(call, 'signed_out');
}

/** Ends any user's call, for an administrator. Throws `call_not_found` or `store_unavailable`. */
export async function endByAdmin(callId: CallId): Promise<Receipt> {
  const call = await readCall(callId);
  if (!call) throw new AppError('call_not_found');
  return endCall(call, 'server_hangup');
}
