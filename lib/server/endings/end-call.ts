import 'server-only';
import { randomUUID } from 'node:crypto';
import { unwatchCall } from '@/lib/server/endings/watched-calls';
import { findOpenCall } from '@/lib/server/money/ledger';
import { type CallEnding, settle } from '@/lib/server/money/settle';
import { hangUp } from '@/lib/server/openai';
import { AppError } from '@/lib/server/platform/app-error';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';
import { processState } from '@/lib/server/platform/process-state';
import { audit, auditName } from '@/lib/server/records/audit';
import { rememberCall } from '@/lib/server/records/call-history';
import {
  dueAtMs,
  isUndialled,
  readCall,
  requireOwnCall,
  type StoredCall,
} from '@/lib/server/records/stored-call';
import { tryAgainLater } from '@/lib/server/store/try-again';
import { traceCall, traceHangUp, traceSettlement } from '@/lib/server/tracing/call-spans';
import { tell } from '@/lib/server/webhooks/tell';
import type { EndReason, Receipt } from '@/lib/shared/contract';
import type { CallId, RtcCallId, UserId } from '@/lib/shared/ids';
import { MICRO_USD } from '@/lib/shared/prices';

/*
 * Every call ends through `endCall`, whoever ends it:
 * - the user (button, "goodbye", closed tab): the route `calls/[callId]/end`
 * - the same user in a new call: `calls/admit-call`
 * - the deadline, or the end of an unused ticket: `deadline-timers`, QStash by the route `cron/deadline`, or `sweep` after
 *   any request
 * - a sign-out or an administrator: below
 * - none of these, because a process or a network died: `reap`
 */

/** A timer may fire a little early. */
const EARLY_MS = 1000;

const hangUps = processState('hang-ups', () => new Map<RtcCallId, ReturnType<typeof hangUp>>());

/** Hangs up a connection once, however many ends arrive at once: the second would only hear that it is gone, and charge more. */
function hangUpOnce(callId: CallId, rtcCallId: RtcCallId): ReturnType<typeof hangUp> {
  const underWay = hangUps.get(rtcCallId);
  if (underWay) return underWay;
  const hangingUp = traceHangUp(callId, () => hangUp(rtcCallId)).finally(() => hangUps.delete(rtcCallId));
  hangUps.set(rtcCallId, hangingUp);
  return hangingUp;
}

/** The server cannot hang up a connection that the caller's own key pays for, so it does not try. */
async function hangUpConnection({ callId, rtcCallId, connect }: StoredCall): Promise<CallEnding> {
  if (rtcCallId === undefined) return { how: 'unconnected' };
  const result = connect === 'own_key' ? 'failed' : await hangUpOnce(callId, rtcCallId);
  return { how: result === 'failed' ? 'unconfirmed' : result, rtcCallId };
}

/** Records a settlement. A call that nobody dialled, or whose dial failed, does not go into the history. */
function recordEnd(call: StoredCall, receipt: Receipt, chargedMicroUsd: number, done: string[]): void {
  const { callId, reason, seconds } = receipt;
  const estimatedUsd = chargedMicroUsd / MICRO_USD;
  audit({ event: 'call_ended', userId: call.owner, callId, reason, seconds, estimatedUsd });
  const user = auditName(call.owner);
  const { agent, connect } = call;
  const facts = { callId, user, agent, connect, reason, seconds, estimatedUsd };
  traceCall({ ...facts, beganMs: call.startedAtMs });
  const neverTalked = call.connect === 'relay' && call.connectedAtMs === undefined;
  if (neverTalked) return;
  tell({ type: 'call.ended', about: callId, data: { ...facts, changes: done.length } });
  rememberCall(call, { receipt, estimateMicroUsd: chargedMicroUsd, done });
}

interface End {
  call: StoredCall;
  ending: CallEnding;
  reason: EndReason;
  /** When the connection was hung up. */
  endedAtMs: number;
  settleId: string;
}

/** Settles and records an end. `null`: the call was connected or resumed meanwhile. Throws what `endCall` throws. */
async function finish({ call, ending, reason, endedAtMs, settleId }: End): Promise<Receipt | null> {
  const { callId } = call;
  const settled = await traceSettlement(callId, () => settle(call, ending, reason, endedAtMs, settleId));
  if (settled === 'unknown') throw new AppError('call_not_found');
  if (settled === 'changed') return null;
  unwatchCall(callId);
  const { chargedSeconds: seconds, secondsLeftToday } = settled;
  const receipt: Receipt = { callId, reason: settled.reason, seconds, secondsLeftToday };
  if (settled.isNew) recordEnd(call, receipt, settled.chargedMicroUsd, settled.done);
  return receipt;
}

/**
 * Hangs up at the provider, then settles by this server's clock, and returns the receipt. Ending an ended call returns
 * the same receipt.
 *
 * `clock` returns the time in milliseconds. A timer passes its own, because the wall clock may have been set back.
 * Unused seconds are returned only if nothing can still be talking: see `CallEnding`. Otherwise at least the whole
 * reservation is charged, and the reaper keeps trying to hang up a known connection.
 * Throws `call_not_found`, or `store_unavailable`: then the call is settled after the response, or by the reaper.
 */
export async function endCall(call: StoredCall, reason: EndReason, clock = Date.now): Promise<Receipt> {
  const { callId } = call;
  if (call.state === 'ended') {
    const { chargedSeconds, secondsLeftToday } = call;
    return { callId, reason: call.reason, seconds: chargedSeconds, secondsLeftToday };
  }
  const ending = await hangUpConnection(call);
  const end: End = { call, ending, reason, endedAtMs: clock(), settleId: randomUUID() };
  // If the reply is lost, nobody else would record the settlement; if the request is, a later end would charge the time until then.
  const receipt = await tryAgainLater('settle', () => finish(end));
  // The new connection has to be hung up too.
  return receipt ?? endCall(await requireOwnCall(call.owner, callId), reason, clock);
}

/** Ends a call that a request has found overdue. Always throws: `call_ended`, or what `endCall` throws. */
export async function refuseOverdue(userId: UserId, callId: CallId): Promise<never> {
  await endCall(await requireOwnCall(userId, callId), 'time_limit');
  throw new AppError('call_ended');
}

/** An unused ticket belonged to a new call, or to one that was resumed in vain. */
function reasonWhenDue(call: StoredCall): EndReason {
  if (!isUndialled(call)) return 'time_limit';
  return call.connectedAtMs === undefined ? 'setup_failed' : 'connection_lost';
}

/** Ends a call whose own time or whose unused ticket is over. Throws what `endCall` throws. */
export const endDue = (call: StoredCall, clock = Date.now): Promise<Receipt> =>
  endCall(call, reasonWhenDue(call), clock);

/**
 * Ends a call whose time is up, if it is still open. Returns `null`, or the time at which the call will be due.
 * Throws `store_unavailable`.
 */
export async function endWhenDue(callId: CallId, clock = Date.now): Promise<number | null> {
  const call = await readCall(callId);
  if (!call || call.state === 'ended') return null;
  if (clock() < dueAtMs(call) - EARLY_MS) return dueAtMs(call);
  await endDue(call, clock);
  return null;
}

/** Ends the open call of a user who signs out. Returns its id; `null` if there was none. Throws `store_unavailable`. */
export async function endForSignOut(userId: UserId): Promise<CallId | null> {
  const callId = await findOpenCall(userId, Date.now());
  const call = callId ? await readCall(callId) : null;
  if (call) await endCall(call, 'signed_out');
  return callId;
}

/** Ends any user's call, for an administrator, and notes who did if it was still open. Throws `call_not_found` or `store_unavailable`. */
export async function endByAdmin(callId: CallId, admin: UserId): Promise<Receipt> {
  const call = await readCall(callId);
  if (!call) throw new AppError('call_not_found');
  const receipt = await endCall(call, 'server_hangup');
  if (call.state !== 'ended') audit({ event: 'call_hung_up', userId: admin, callId });
  return receipt;
}

/** Ends calls for an administrator, all at once. Returns how many could not be ended; the log says why. Never throws. */
export async function endAllByAdmin(callIds: readonly CallId[], admin: UserId): Promise<number> {
  const isLeft = (callId: CallId) =>
    endByAdmin(callId, admin).then(
      () => false,
      (error: unknown) => {
        log().warn({ callId, error: describeError(error) }, 'an administrator could not end a call');
        return true;
      },
    );
  const left = await Promise.all(callIds.map(isLeft));
  return left.filter(Boolean).length;
}
