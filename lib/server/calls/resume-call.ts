import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { pickOptions } from '@/lib/server/agents/call-options';
import type { Agent } from '@/lib/server/agents/define-agent';
import { requireAgent } from '@/lib/server/agents/lookup';
import { composeSession } from '@/lib/server/agents/session-policy';
import type { User } from '@/lib/server/auth/user';
import { asSecret, createCallTicket, createRelayTicket } from '@/lib/server/calls/tickets';
import { watchDue } from '@/lib/server/endings/deadline-timers';
import { endCall, refuseOverdue } from '@/lib/server/endings/end-call';
import { askAgain } from '@/lib/server/endings/reap';
import { secretUntilMs } from '@/lib/server/money/ledger';
import { limitOpenCall } from '@/lib/server/money/limits';
import { hangUp, mintClientSecret } from '@/lib/server/openai';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { requireOwnCall, type StoredCall } from '@/lib/server/records/stored-call';
import { defineScript, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { CallTicket } from '@/lib/shared/contract';
import type { CallId } from '@/lib/shared/ids';

const LEAST_RESUMES = 3;
const ANOTHER_RESUME_MS = 20_000;
/** The provider may not know a connection yet that has just begun. */
const MAY_BE_UNKNOWN_MS = 10_000;

/**
 * How often a call may be resumed by now: three times, plus once for every 20 seconds since it began. A connection that
 * drops more often will not hold; on a train, one may drop many times in half an hour. If the old connection may still be
 * there (see `endConnection`), three times in all.
 */
const maxResumes = ({ startedAtMs }: StoredCall, nowMs: number, isSurelyGone = true) =>
  LEAST_RESUMES + (isSurelyGone ? Math.floor((nowMs - startedAtMs) / ANOTHER_RESUME_MS) : 0);

/**
 * Removes a connection that was hung up from its call, so that the call can have another one under the same reservation.
 * An offer that is still under way for the old ticket can no longer connect. A network retry counts once. `rtcCallId` is
 * the connection that was hung up and `ticketHash` the new ticket; either may be an empty string. `resumeId` is a new id of
 * this request.
 */
const RESUME = defineScript({
  keys: ['call', 'deadlines'],
  args: ['owner', 'nowMs', 'rtcCallId', 'maxResumes', 'secretUntilMs', 'ticketHash', 'resumeId'],
  reply: z.enum(['resumed', 'call_not_found', 'call_ended', 'overdue', 'not_resumable']),
  lua: `
local call = redis.call('HMGET', KEY.call, 'owner', 'state', 'deadlineMs', 'rtcCallId', 'resumes', 'resumeId',
  'connect', 'queued')
if call[1] ~= ARG.owner then return 'call_not_found' end
if call[2] == 'ended' then return 'call_ended' end
if tonumber(ARG.nowMs) >= tonumber(call[3]) then return 'overdue' end
if call[6] == ARG.resumeId then return 'resumed' end
if (call[4] or '') ~= ARG.rtcCallId then return 'not_resumable' end
if tonumber(call[5] or '0') >= tonumber(ARG.maxResumes) then return 'not_resumable' end
redis.call('HINCRBY', KEY.call, 'resumes', 1)
redis.call('HDEL', KEY.call, 'rtcCallId', 'dialId')
redis.call('HSET', KEY.call, 'state', 'open', 'secretUntilMs', ARG.secretUntilMs, 'resumeId', ARG.resumeId,
  'ticketHash', ARG.ticketHash)
if call[7] == 'relay' then
  redis.call('ZADD', KEY.deadlines, string.format('%.0f', math.min(call[3], ARG.secretUntilMs)), call[8])
end
return 'resumed'
`,
});

/** Only a user who would get a secret for a new call too, by today's settings, gets another secret of the provider. */
function mayReconnect({ role }: User, { connect, rtcCallId, resumes }: StoredCall): boolean {
  if (connect !== 'direct') return connect === 'relay';
  // The response to a resume may be lost. Another secret then opens no more calls than the lost one can.
  const isKnown = rtcCallId !== undefined || resumes > 0;
  return isKnown && getEnv().voice.connect[role] === 'direct';
}

/** Returns an open call that still has time and whose first connection this server can end, or has ended. */
async function requireResumable(user: User, callId: CallId): Promise<StoredCall> {
  const [call] = await Promise.all([requireOwnCall(user.id, callId), limitOpenCall(user)]);
  if (call.state === 'ended') throw new AppError('call_ended');
  if (Date.now() >= call.deadlineMs) {
    await endCall(call, 'time_limit');
    throw new AppError('call_ended');
  }
  if (!mayReconnect(user, call) || call.resumes >= maxResumes(call, Date.now()))
    throw new AppError('not_resumable');
  return call;
}

/**
 * Hangs up the old connection: two of one call would talk for the price of one. Returns whether it is certainly gone, since
 * the provider may answer 404 for one that has just begun and talks on. Throws `provider_failed`.
 */
async function endConnection({ callId, rtcCallId, connectedAtMs = 0 }: StoredCall): Promise<boolean> {
  if (rtcCallId === undefined) return true;
  const result = await hangUp(rtcCallId);
  if (result === 'gone') await askAgain(callId, rtcCallId);
  if (result !== 'failed') return result === 'hung_up' || Date.now() - connectedAtMs >= MAY_BE_UNKNOWN_MS;
  throw new AppError('provider_failed', {
    message: 'The earlier connection could not be ended. Try again in a moment.',
  });
}

interface NewSecret {
  secret: CallTicket['secret'];
  ticketHash: string;
}

async function createSecret(user: User, call: StoredCall, agent: Agent): Promise<NewSecret> {
  if (call.connect !== 'relay') {
    const secret = await mintClientSecret({
      session: composeSession(agent, pickOptions(agent, call.options)),
      user,
      callSeconds: Math.ceil((call.deadlineMs - Date.now()) / 1000),
      ownKey: null,
    });
    return { secret, ticketHash: '' };
  }
  const { value, hash } = createRelayTicket(call.callId, user.id);
  return { secret: asSecret(value, Date.now()), ticketHash: hash };
}

/**
 * Gives a dropped call another connection within its remaining seconds: nothing new is reserved, and the deadline stays.
 * The earlier connection is hung up first. A relayed one that was never established needs no hang-up.
 * Throws `not_resumable`, `call_not_found`, `call_ended`, `rate_limited`, `store_unavailable`, and what
 * `mintClientSecret` throws.
 */
export async function resumeCall(user: User, callId: CallId, origin: string): Promise<CallTicket> {
  const call = await requireResumable(user, callId);
  const agent = requireAgent(user, call.agent);
  const isSurelyGone = await endConnection(call);
  const most = () => maxResumes(call, Date.now(), isSurelyGone);
  if (call.resumes >= most()) throw new AppError('not_resumable');
  const { secret, ticketHash } = await createSecret(user, call, agent);
  const nowMs = Date.now();
  const untilMs = secretUntilMs(call.connect, nowMs);
  const outcome = await runScript(
    RESUME,
    { call: storeKeys.call(callId), deadlines: storeKeys.deadlines },
    {
      owner: user.id,
      nowMs,
      rtcCallId: call.rtcCallId ?? '',
      maxResumes: most(),
      secretUntilMs: untilMs,
      ticketHash,
      resumeId: randomUUID(),
    },
  );
  if (outcome === 'overdue') return refuseOverdue(user.id, callId);
  if (outcome !== 'resumed') throw new AppError(outcome);
  watchDue(callId, call.connect === 'relay' ? Math.min(call.deadlineMs, untilMs) : call.deadlineMs);
  return createCallTicket({
    callId,
    agent: { ...agent, greets: false },
    secret,
    relayOrigin: call.connect === 'relay' ? origin : null,
    deadlineMs: call.deadlineMs,
    callSeconds: Math.ceil((call.deadlineMs - nowMs) / 1000),
  });
}
