import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fittingOptions } from '@/lib/server/agents/call-options';
import { requireAgent } from '@/lib/server/agents/lookup';
import { composeSession } from '@/lib/server/agents/session-policy';
import type { User } from '@/lib/server/auth/user';
import { USE_TICKET } from '@/lib/server/call-scripts';
import { connectCall } from '@/lib/server/calls/connect-call';
import { hashRelayTicket } from '@/lib/server/calls/relay-ticket';
import { endCall } from '@/lib/server/endings/end-call';
import { hangUpStray } from '@/lib/server/endings/hang-up-queue';
import { createRelayedCall } from '@/lib/server/openai';
import { AppError } from '@/lib/server/platform/app-error';
import { runUnattended } from '@/lib/server/platform/background';
import { requireOwnCall } from '@/lib/server/records/stored-call';
import { safetyIdentifier } from '@/lib/server/safety-identifier';
import { runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { CallOptions } from '@/lib/shared/contract';
import type { CallId, RtcCallId } from '@/lib/shared/ids';

const Used = z.union([
  z.tuple([z.literal('dial'), z.string(), CallOptions]),
  z.tuple([z.enum(['call_not_found', 'call_ended', 'overdue', 'ticket_refused'])]),
]);

interface Dial {
  user: User;
  callId: CallId;
  /** Of this offer: a later one of the same call makes it void. */
  dialId: string;
}

/** Who is on the line of a call, and what the visitor chose. */
interface CallPolicy {
  agent: string;
  options: CallOptions;
}

/** Takes the ticket. */
async function takeTicket({ user, callId, dialId }: Dial, ticket: string): Promise<CallPolicy> {
  const args = [user.id, Date.now(), hashRelayTicket(callId, user.id, ticket), dialId];
  const used = await runScript(USE_TICKET, [storeKeys.call(callId)], args, Used);
  if (used.length === 3) return { agent: used[1], options: used[2] };
  if (used[0] === 'overdue') await endCall(await requireOwnCall(user.id, callId), 'time_limit');
  throw new AppError(used[0] === 'overdue' ? 'call_ended' : used[0]);
}

/** Answers the provider's SDP only once its call id is stored: what cannot be hung up later is hung up now. */
async function dialProvider(
  { user, callId, dialId }: Dial,
  policy: CallPolicy,
  offerSdp: string,
): Promise<string> {
  const agent = requireAgent(user, policy.agent);
  const session = composeSession(agent, fittingOptions(agent, policy.options));
  const abandon = (rtcCallId: RtcCallId) => hangUpStray(callId, rtcCallId);
  const { rtcCallId, sdp } = await createRelayedCall(offerSdp, session, safetyIdentifier(user.id), abandon);
  try {
    await connectCall(user.id, callId, rtcCallId, dialId);
  } catch (error) {
    await abandon(rtcCallId);
    throw error;
  }
  return sdp;
}

/**
 * Nobody got an answer, so nobody can talk: all comes back. A call that was resumed meanwhile goes on, and one that
 * had been talking before may be resumed once more.
 */
async function giveUp({ user, callId, dialId }: Dial): Promise<void> {
  const call = await requireOwnCall(user.id, callId);
  if (call.dialId === dialId && call.resumes === 0) await endCall(call, 'setup_failed');
}

/**
 * Relay mode: takes the one-use ticket, opens the call at the provider with our own key and policy, and answers the
 * provider's SDP. The browser learns neither key nor id. Once the ticket is taken, a failure ends a call that has
 * not talked yet.
 * Throws `ticket_refused`, `call_not_found`, `call_ended`, `agent_forbidden`, `store_unavailable`, and what
 * `createRelayedCall` throws.
 */
export async function relayOffer(
  user: User,
  callId: CallId,
  ticket: string,
  offerSdp: string,
): Promise<string> {
  const dial: Dial = { user, callId, dialId: randomUUID() };
  const policy = await takeTicket(dial, ticket);
  try {
    return await dialProvider(dial, policy, offerSdp);
  } catch (error) {
    await runUnattended('give up relayed call', () => giveUp(dial));
    throw error;
  }
}
