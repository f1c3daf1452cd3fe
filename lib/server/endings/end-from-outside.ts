import 'server-only';
import { endCall } from '@/lib/server/endings/end-call';
import { AppError } from '@/lib/server/platform/app-error';
import { readCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { Receipt } from '@/lib/shared/contract';
import type { CallId, UserId } from '@/lib/shared/ids';

/** A timer may go off a little early. */
const EARLY_MS = 1000;

/**
 * Ends a call whose time is up, if it is still open. `nowMs`: what the caller knows better than the clock, which may
 * have been put back. Throws `store_unavailable`.
 */
export async function endCallAtDeadline(callId: CallId, nowMs = Date.now()): Promise<void> {
  const call = await readCall(callId);
  if (!call || call.state === 'ended' || nowMs < call.deadlineMs - EARLY_MS) return;
  await endCall(call, 'time_limit', nowMs);
}

/** Ends the call of a person who signs out, if there is one. Throws `store_unavailable`. */
export async function endCallOfSignedOut(userId: UserId): Promise<void> {
  const callId = await fromStore(getRedis().get<CallId>(storeKeys.slot(userId)));
  const call = callId ? await readCall(callId) : null;
  if (call) await endCall(call, 'signed_out');
}

/** Ends anyone's call, for an administrator. Throws `call_not_found` or `store_unavailable`. */
export async function endAnyCall(callId: CallId): Promise<Receipt> {
  const call = await readCall(callId);
  if (!call) throw new AppError('call_not_found');
  return endCall(call, 'server_hangup');
}
