// Tested in endings/end-call.test and relay-call.test.
import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { reapAfterResponse } from '@/lib/server/endings/come-again';
import { watchDeadline } from '@/lib/server/endings/deadline-timers';
import { refuseOverdue } from '@/lib/server/endings/end-call';
import { AppError } from '@/lib/server/platform/app-error';
import { audit } from '@/lib/server/records/audit';
import { defineScript, runScript } from '@/lib/server/store/run-script';
import { KEEP_CALL_SECONDS, storeKeys } from '@/lib/server/store/store-keys';
import { tryAgainLater } from '@/lib/server/store/try-again';
import { traceConnected } from '@/lib/server/tracing/call-spans';
import type { CallId, RtcCallId, UserId } from '@/lib/shared/ids';

/**
 * Stores which connection at the provider belongs to a call. If it is stored already, the reply is `known`. A call has one
 * connection at a time, and a connection belongs to one call: a browser might report somebody else's. A connection that
 * shows up after the end is queued for hanging up, and its call is kept until then; in relay mode it costs nothing, because
 * its SDP answer never left the server. In relay mode only the last offer that used a ticket may connect, and a browser
 * cannot report a connection. `dialId` is that offer, or an empty string. `connectId` is a new id of this request, so that
 * a network retry connects once.
 */
const CONNECT = defineScript({
  keys: ['call', 'connection', 'deadlines'],
  args: ['callId', 'owner', 'nowMs', 'rtcCallId', 'keepSeconds', 'dialId', 'connectId'],
  reply: z.union([
    z.tuple([z.literal('connected'), z.number().int()]),
    z.tuple([z.enum(['known', 'call_ended', 'overdue', 'call_not_found', 'other_connection'])]),
  ]),
  lua: `
local call = redis.call('HMGET', KEY.call, 'owner', 'state', 'rtcCallId', 'deadlineMs', 'connect', 'dialId', 'connectId')
if call[1] ~= ARG.owner then return {'call_not_found'} end
local isEnded = call[2] == 'ended'
local isOverdue = tonumber(ARG.nowMs) >= tonumber(call[4])
if call[3] == ARG.rtcCallId then
  if isEnded then return {'call_ended'} end
  if call[7] ~= ARG.connectId then return {'known'} end
  return isOverdue and {'overdue'} or {'connected', tonumber(call[4])}
end
if call[3] then return {'other_connection'} end
if call[5] == 'relay' and (ARG.dialId == '' or ARG.dialId ~= call[6]) then return {'other_connection'} end
local isReported = call[5] ~= 'relay'
if isReported and not redis.call('SET', KEY.connection, ARG.callId, 'NX', 'EX', ARG.keepSeconds) then
  return {'other_connection'}
end
if isEnded then
  if isReported then redis.call('HSET', KEY.call, 'rtcCallId', ARG.rtcCallId) end
  redis.call('EXPIRE', KEY.call, ARG.keepSeconds)
  if call[5] ~= 'own_key' then redis.call('ZADD', KEY.deadlines, ARG.nowMs, ARG.callId .. '/' .. ARG.rtcCallId) end
  return {'call_ended'}
end
redis.call('HSET', KEY.call, 'rtcCallId', ARG.rtcCallId, 'state', 'connected', 'connectedAtMs', ARG.nowMs,
  'connectId', ARG.connectId)
return isOverdue and {'overdue'} or {'connected', tonumber(call[4])}
`,
});

interface NewConnection {
  userId: UserId;
  callId: CallId;
  rtcCallId: RtcCallId;
  /** Relay: the offer that led to this connection. Only our own server knows it. */
  dialId?: string;
}

/**
 * Returns whether the database client returns the id as it was stored. The client parses any text that is JSON: `1e10`
 * would come back as another id, and a call with that connection could never be ended.
 */
function comesBack(rtcCallId: RtcCallId): boolean {
  const number = Number(rtcCallId);
  if (Number.isNaN(number)) return !['true', 'false', 'null'].includes(rtcCallId);
  return !Number.isSafeInteger(number) || String(number) === rtcCallId;
}

const refuseConnection = () =>
  new AppError('bad_request', { message: 'This call cannot take that connection. Start a new call.' });

type Connected = z.infer<typeof CONNECT.reply>;

/** Acts on a reply: watches a call that is connected now, and refuses any other. */
async function takeReply([outcome, deadlineMs]: Connected, { userId, callId }: NewConnection): Promise<void> {
  switch (outcome) {
    case 'connected':
      watchDeadline(callId, deadlineMs);
      audit({ event: 'call_connected', userId, callId });
      traceConnected(callId);
      return;
    case 'known':
      return;
    case 'other_connection':
      throw refuseConnection();
    case 'overdue':
      return refuseOverdue(userId, callId);
    case 'call_ended':
      reapAfterResponse();
      throw new AppError('call_ended');
    case 'call_not_found':
      throw new AppError('call_not_found');
  }
}

/**
 * Stores the provider's id of a call's connection, so that the server can hang it up. A connection that shows up after
 * the end of its call is hung up. Storing the same id again changes nothing.
 * Throws `call_not_found`, `call_ended`, `bad_request` or `store_unavailable`.
 */
export async function connectCall(connection: NewConnection): Promise<void> {
  const { userId, callId, rtcCallId, dialId = '' } = connection;
  if (!comesBack(rtcCallId)) throw refuseConnection();
  const keys = {
    call: storeKeys.call(callId),
    connection: storeKeys.connection(rtcCallId),
    deadlines: storeKeys.deadlines,
  };
  const args = {
    callId,
    owner: userId,
    nowMs: Date.now(),
    rtcCallId,
    keepSeconds: KEEP_CALL_SECONDS,
    dialId,
    connectId: randomUUID(),
  };
  const connect = async () => takeReply(await runScript(CONNECT, keys, args), connection);
  // A relayed connection is hung up instead. If the reply to a report is lost, the next report is `known`, and nobody would watch the call.
  const isReported = dialId === '';
  await (isReported ? tryAgainLater('connect', connect) : connect());
}
