import 'server-only';
import { AppError } from '@/lib/server/app-error';
import { rememberCall } from '@/lib/server/call-history';
import type { CallRecord } from '@/lib/server/call-record';
import { type CallEnding, settle } from '@/lib/server/ledger';
import { log } from '@/lib/server/log';
import { hangUp } from '@/lib/server/realtime';
import type { EndReason, Receipt } from '@/lib/shared/contract';

async function hangUpConnection(rtcCallId: string | undefined): Promise<CallEnding> {
  if (rtcCallId === undefined || !(await hangUp(rtcCallId))) return { how: 'unconfirmed' };
  return { how: 'hung_up', rtcCallId };
}

/**
 * The one hang-up: the button, the deadline, a take-over and the reaper all come here. Hangs up at the
 * provider, then settles by this server's clock. Ending an ended call answers the same receipt.
 *
 * Unused seconds come back only when the provider confirmed the end. Else the whole reservation is charged,
 * and the reaper goes on trying to hang up a connection that is known.
 * Throws `call_not_found`, or `store_unavailable`: then the call stays open for the reaper.
 */
export async function endCall(call: CallRecord, reason: EndReason): Promise<Receipt> {
  const { callId } = call;
  if (call.state === 'ended') {
    const { chargedSeconds, secondsLeftToday } = call;
    return { callId, reason: call.reason, seconds: chargedSeconds, secondsLeftToday };
  }
  const ending = await hangUpConnection(call.rtcCallId);
  const settled = await settle(call, ending, reason, Date.now());
  if (!settled) throw new AppError('call_not_found');
  const { chargedSeconds: seconds, secondsLeftToday } = settled;
  const receipt: Receipt = { callId, reason: settled.reason, seconds, secondsLeftToday };
  log().info({ callId, reason: settled.reason, seconds, ending: ending.how }, 'call ended');
  rememberCall(call, receipt);
  return receipt;
}
