import 'server-only';
import { type CallEnding, settle } from '@/lib/server/money/ledger';
import { hangUp } from '@/lib/server/openai';
import { AppError } from '@/lib/server/platform/app-error';
import { audit } from '@/lib/server/records/audit';
import { rememberCall } from '@/lib/server/records/call-history';
import { type CallRecord, requireOwnCall } from '@/lib/server/records/stored-call';
import type { EndReason, Receipt } from '@/lib/shared/contract';
import { MICRO_USD } from '@/lib/shared/prices';

/** The server cannot hang up what the caller's own key pays for, so it does not try. */
async function hangUpConnection({ rtcCallId, connect }: CallRecord): Promise<CallEnding> {
  if (rtcCallId === undefined) return { how: 'unconnected' };
  const answer = connect === 'own_key' ? 'failed' : await hangUp(rtcCallId);
  return { how: answer === 'failed' ? 'unconfirmed' : answer, rtcCallId };
}

function noteEnd(call: CallRecord, receipt: Receipt): void {
  const { callId, reason, seconds } = receipt;
  const estimatedUsd = (seconds * call.microUsdPerSecond) / MICRO_USD;
  audit({ event: 'call_ended', userId: call.owner, callId, reason, seconds, estimatedUsd });
  rememberCall(call, receipt);
}

/**
 * The one hang-up: the button, the deadline, a take-over and the reaper all come here. Hangs up at the
 * provider, then settles by this server's clock. Ending an ended call answers the same receipt.
 *
 * `notBeforeMs`: it cannot be earlier than this, even if the clock was put back meanwhile.
 * Unused seconds come back only when nothing can still be talking: see `CallEnding`. Else the whole reservation is
 * charged, and the reaper goes on trying to hang up a connection that is known.
 * Throws `call_not_found`, or `store_unavailable`: then the call stays open for the reaper.
 */
export async function endCall(call: CallRecord, reason: EndReason, notBeforeMs = 0): Promise<Receipt> {
  const { callId } = call;
  if (call.state === 'ended') {
    const { chargedSeconds, secondsLeftToday } = call;
    return { callId, reason: call.reason, seconds: chargedSeconds, secondsLeftToday };
  }
  const ending = await hangUpConnection(call);
  const settled = await settle(call, ending, reason, Math.max(Date.now(), notBeforeMs));
  if (settled === 'unknown') throw new AppError('call_not_found');
  // It was connected or resumed meanwhile: the new connection has to be hung up too.
  if (settled === 'changed') {
    return endCall(await requireOwnCall(call.owner, callId), reason, notBeforeMs);
  }
  const { chargedSeconds: seconds, secondsLeftToday } = settled;
  const receipt: Receipt = { callId, reason: settled.reason, seconds, secondsLeftToday };
  if (settled.isNew) noteEnd(call, receipt);
  return receipt;
}
