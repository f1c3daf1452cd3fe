import 'server-only';
import { z } from 'zod';
import { CONNECT } from '@/lib/server/call-scripts';
import { endCall } from '@/lib/server/endings/end-call';
import { reapAfterResponse } from '@/lib/server/endings/reap';
import { AppError } from '@/lib/server/platform/app-error';
import { audit } from '@/lib/server/records/audit';
import { requireOwnCall } from '@/lib/server/records/stored-call';
import { runScript } from '@/lib/server/store/run-script';
import { KEEP_SECONDS, storeKeys } from '@/lib/server/store/store-keys';
import type { CallId, RtcCallId, UserId } from '@/lib/shared/ids';

const Connected = z.enum([
  'connected',
  'known',
  'call_ended',
  'overdue',
  'call_not_found',
  'other_connection',
]);

/**
 * Notes the provider's id of a call's connection, so that the server can hang it up. A connection that shows
 * up after the end of its call is hung up. Noting the same id again changes nothing. For a relayed call only our own
 * server knows the id: it says by `dialId` which offer it belongs to.
 * Throws `call_not_found`, `call_ended`, `bad_request` or `store_unavailable`.
 */
export async function connectCall(
  userId: UserId,
  callId: CallId,
  rtcCallId: RtcCallId,
  dialId = '',
): Promise<void> {
  const keys = [storeKeys.call(callId), storeKeys.connection(rtcCallId), storeKeys.hangUps];
  const outcome = await runScript(
    CONNECT,
    keys,
    [callId, userId, Date.now(), rtcCallId, KEEP_SECONDS, dialId],
    Connected,
  );
  switch (outcome) {
    case 'connected':
      audit({ event: 'call_connected', userId, callId });
      return;
    case 'known':
      return;
    case 'other_connection':
      throw new AppError('bad_request', {
        message: 'This call cannot take that connection. Start a new call.',
      });
    case 'overdue':
      await endCall(await requireOwnCall(userId, callId), 'time_limit');
      throw new AppError('call_ended');
    case 'call_ended':
      reapAfterResponse();
      throw new AppError('call_ended');
    case 'call_not_found':
      throw new AppError('call_not_found');
  }
}
