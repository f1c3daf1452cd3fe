// Tested in trouble.test.
import 'server-only';
import { forgetGivenUp, isGivenUp } from '@/lib/server/endings/given-up';
import { hangUpEntry } from '@/lib/server/endings/hang-up-entry';
import { correctReceipt } from '@/lib/server/endings/reap';
import { hangUp } from '@/lib/server/openai';
import { audit } from '@/lib/server/records/audit';
import { readCall } from '@/lib/server/records/stored-call';
import type { CallId, RtcCallId, UserId } from '@/lib/shared/ids';

/**
 * Tries once more to hang up a connection that was given up, for an administrator. Done already, nothing is asked. Returns
 * whether it is gone now. Throws `store_unavailable`.
 */
export async function retryGivenUp(callId: CallId, rtcCallId: RtcCallId, admin: UserId): Promise<boolean> {
  const entry = hangUpEntry(callId, rtcCallId);
  if (!(await isGivenUp(entry))) return true;
  const result = await hangUp(rtcCallId);
  audit({ event: 'hang_up_retried', userId: admin, callId, ok: result !== 'failed' });
  if (result === 'failed') return false;
  const call = result === 'hung_up' ? await readCall(callId) : null;
  if (call) await correctReceipt(call, rtcCallId);
  await forgetGivenUp(entry);
  return true;
}
