import 'server-only';
import { randomUUID } from 'node:crypto';
import type { RealtimeSessionCreateRequest } from 'openai/resources/realtime/realtime';
import { z } from 'zod';
import { pickOptions } from '@/lib/server/agents/call-options';
import { requireAgent } from '@/lib/server/agents/lookup';
import { composeSession } from '@/lib/server/agents/session-policy';
import type { User } from '@/lib/server/auth/user';
import { connectCall } from '@/lib/server/calls/connect-call';
import { hashRelayTicket } from '@/lib/server/calls/tickets';
import { watchDue } from '@/lib/server/endings/deadline-timers';
import { endCall, refuseOverdue } from '@/lib/server/endings/end-call';
import { hangUpStray } from '@/lib/server/endings/reap';
import { createRelayedCall } from '@/lib/server/openai';
import { AppError } from '@/lib/server/platform/app-error';
import { runUnattended } from '@/lib/server/platform/background';
import { requireOwnCall, StoredOptions } from '@/lib/server/records/stored-call';
import { defineScript, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { tryAgainLater } from '@/lib/server/store/try-again';
import { traceRequest } from '@/lib/server/tracing/call-spans';
import type { CallOptions } from '@/lib/shared/contract';
import type { CallId, RtcCallId } from '@/lib/shared/ids';

/**
 * Redeems the ticket of a relayed call, once, moves the call to its deadline in the queue, and returns the call's agent and
 * options. A network retry of the same request redeems it once. `dialId` is a new id of this offer.
 */
const USE_TICKET = defineScript({
  keys: ['call', 'deadlines'],
  args: ['owner', 'nowMs', 'ticketHash', 'dialId'],
  reply: z.union([
    z.tuple([z.literal('dial'), z.string(), StoredOptions]),
    z.tuple([z.enum(['call_not_found', 'call_ended', 'overdue', 'ticket_refused'])]),
  ]),
  lua: `
local call = redis.call('HMGET', KEY.call, 'owner', 'state', 'deadlineMs', 'agent', 'ticketHash', 'secretUntilMs',
  'dialId', 'options', 'queued')
local dial = {'dial', call[4], call[8] or '{}'}
local nowMs = tonumber(ARG.nowMs)
if call[1] ~= ARG.owner then return {'call_not_found'} end
if call[2] == 'ended' then return {'call_ended'} end
if nowMs >= tonumber(call[3]) then return {'overdue'} end
if call[7] == ARG.dialId then return dial end
if call[5] ~= ARG.ticketHash or nowMs >= tonumber(call[6]) then return {'ticket_refused'} end
redis.call('HSET', KEY.call, 'ticketHash', '', 'dialId', ARG.dialId)
redis.call('ZADD', KEY.deadlines, call[3], call[9])
return dial
`,
});

interface Dial {
  user: User;
  callId: CallId;
  /** The id of this offer. A later offer of the same call makes it void. */
  dialId: string;
}

/** The agent in the call, and the user's choices. */
interface CallPolicy {
  agent: string;
  options: CallOptions;
}

async function takeTicket({ user, callId, dialId }: Dial, ticket: string): Promise<CallPolicy> {
  const used = await runScript(
    USE_TICKET,
    { call: storeKeys.call(callId), deadlines: storeKeys.deadlines },
    { owner: user.id, nowMs: Date.now(), ticketHash: hashRelayTicket(callId, user.id, ticket), dialId },
  );
  if (used.length === 3) return { agent: used[1], options: used[2] };
  if (used[0] === 'overdue') return refuseOverdue(user.id, callId);
  throw new AppError(used[0]);
}

/** Returns the SDP answer only after its call id is stored: a connection that could not be hung up later is hung up now. */
async function dialProvider(
  { user, callId, dialId }: Dial,
  session: RealtimeSessionCreateRequest,
  offerSdp: string,
): Promise<string> {
  const abandon = (rtcCallId: RtcCallId) => hangUpStray(callId, rtcCallId);
  const { rtcCallId, sdp } = await traceRequest(callId, 'relay', () =>
    createRelayedCall({ offerSdp, session, user, abandon }),
  );
  try {
    await connectCall({ userId: user.id, callId, rtcCallId, dialId });
  } catch (error) {
    await abandon(rtcCallId);
    throw error;
  }
  return sdp;
}

/** How long a call whose offer failed may be resumed once more, however old its ticket was. */
const ONCE_MORE_MS = 30_000;

/**
 * Turns a resumed call whose offer failed back into one that nobody has dialled. Unless it is resumed again, it ends soon;
 * otherwise it would hold room from others until its deadline, and nobody would pay for that.
 */
const FAIL_DIAL = defineScript({
  keys: ['call', 'deadlines'],
  args: ['dialId', 'onceMoreUntilMs'],
  reply: z.number().int().nullable(),
  lua: `
local call = redis.call('HMGET', KEY.call, 'dialId', 'state', 'rtcCallId', 'deadlineMs', 'secretUntilMs', 'queued')
if call[1] ~= ARG.dialId or call[2] ~= 'open' or call[3] then return false end
local untilMs = string.format('%.0f', math.max(call[5], ARG.onceMoreUntilMs))
local dueMs = string.format('%.0f', math.min(call[4], untilMs))
redis.call('HDEL', KEY.call, 'dialId')
redis.call('HSET', KEY.call, 'secretUntilMs', untilMs)
redis.call('ZADD', KEY.deadlines, dueMs, call[6])
return tonumber(dueMs)
`,
});

/**
 * Ends a call whose offer failed: without an SDP answer nobody can talk, so the site pays nothing. A call that was
 * resumed meanwhile goes on, and one that had talked before may be resumed once more.
 */
async function giveUp({ user, callId, dialId }: Dial): Promise<void> {
  const call = await requireOwnCall(user.id, callId);
  if (call.dialId !== dialId) return;
  // This very offer connected it; the database's reply came too late.
  const isUnheard = call.state === 'connected' && call.resumes === 0;
  if (call.connectedAtMs === undefined || isUnheard) {
    await endCall(call, 'setup_failed');
    return;
  }
  const keys = { call: storeKeys.call(callId), deadlines: storeKeys.deadlines };
  const dueMs = await runScript(FAIL_DIAL, keys, { dialId, onceMoreUntilMs: Date.now() + ONCE_MORE_MS });
  if (dueMs !== null) watchDue(callId, dueMs);
}

/**
 * Relay mode: opens the call at the provider with the site's key and policy, and returns the provider's SDP answer. The
 * browser sees neither key nor id. A failure ends a call that has not talked yet.
 * Throws `call_ended`, `store_unavailable`, and what `composePolicy` and `createRelayedCall` throw.
 */
export async function dialCall(
  dial: Dial,
  composePolicy: () => RealtimeSessionCreateRequest,
  offerSdp: string,
): Promise<string> {
  try {
    return await dialProvider(dial, composePolicy(), offerSdp);
  } catch (error) {
    const name = 'give up relayed call';
    await runUnattended(name, () => tryAgainLater(name, () => giveUp(dial)));
    throw error;
  }
}

/**
 * Redeems the one-use ticket and dials. Throws `ticket_refused`, `call_not_found`, `agent_forbidden`, and what `dialCall`
 * throws.
 */
export async function relayOffer(
  user: User,
  callId: CallId,
  ticket: string,
  offerSdp: string,
): Promise<string> {
  const dial: Dial = { user, callId, dialId: randomUUID() };
  const policy = await takeTicket(dial, ticket);
  const composePolicy = () => {
    const agent = requireAgent(user, policy.agent);
    return composeSession(agent, pickOptions(agent, policy.options));
  };
  return dialCall(dial, composePolicy, offerSdp);
}
