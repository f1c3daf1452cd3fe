import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fittingOptions } from '@/lib/server/agents/call-options';
import type { Agent } from '@/lib/server/agents/define-agent';
import { requireAgent } from '@/lib/server/agents/lookup';
import { composeSession } from '@/lib/server/agents/session-policy';
import type { User } from '@/lib/server/auth/user';
import { RESUME } from '@/lib/server/call-scripts';
import { callTicket } from '@/lib/server/calls/call-ticket';
import { asSecret, createRelayTicket } from '@/lib/server/calls/relay-ticket';
import { endCall } from '@/lib/server/endings/end-call';
import { limitOpenCall } from '@/lib/server/money/limits';
import { hangUp, mintClientSecret } from '@/lib/server/openai';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { type CallRecord, requireOwnCall } from '@/lib/server/records/stored-call';
import { safetyIdentifier } from '@/lib/server/safety-identifier';
import { runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { CallTicket } from '@/lib/shared/contract';
import type { CallId, RtcCallId } from '@/lib/shared/ids';

/** A line that drops more often than this will not hold. */
const MAX_RESUMES = 3;

const Resumed = z.enum(['resumed', 'call_not_found', 'call_ended', 'overdue', 'not_resumable']);

/** An open call that still has time, and whose earlier connection this server can end. */
async function requireResumable(user: User, callId: CallId): Promise<CallRecord> {
  const [call] = await Promise.all([requireOwnCall(user.id, callId), limitOpenCall(user)]);
  if (call.state === 'ended') throw new AppError('call_ended');
  if (Date.now() >= call.deadlineMs) {
    await endCall(call, 'time_limit');
    throw new AppError('call_ended');
  }
  const isKnown = call.connect === 'relay' || (call.connect === 'direct' && call.rtcCallId !== undefined);
  if (!isKnown || call.resumes >= MAX_RESUMES) throw new AppError('not_resumable');
  return call;
}

/** Two connections of one call would talk for the price of one. Throws `provider_failed`. */
async function endConnection(rtcCallId: RtcCallId | undefined): Promise<void> {
  if (rtcCallId === undefined || (await hangUp(rtcCallId)) !== 'failed') return;
  throw new AppError('provider_failed', {
    message: 'The earlier connection could not be ended. Try again in a moment.',
  });
}

interface NewSecret {
  secret: CallTicket['secret'];
  ticketHash: string;
}

async function newSecret(user: User, call: CallRecord, agent: Agent): Promise<NewSecret> {
  if (call.connect !== 'relay') {
    return {
      secret: await mintClientSecret({
        session: composeSession(agent, fittingOptions(agent, call.options)),
        safetyIdentifier: safetyIdentifier(user.id),
        callSeconds: Math.ceil((call.deadlineMs - Date.now()) / 1000),
        ownKey: null,
      }),
      ticketHash: '',
    };
  }
  const { value, hash } = createRelayTicket(call.callId, user.id);
  return { secret: asSecret(value, Date.now()), ticketHash: hash };
}

/**
 * Gives a dropped call another connection, within the seconds that it still has: nothing is reserved anew, and the
 * deadline stays. The earlier connection is hung up first. A relayed one that never came about needs no hang-up.
 * Throws `not_resumable`, `call_not_found`, `call_ended`, `rate_limited`, `store_unavailable`, and what
 * `mintClientSecret` throws.
 */
export async function resumeCall(user: User, callId: CallId, origin: string): Promise<CallTicket> {
  const call = await requireResumable(user, callId);
  const agent = requireAgent(user, call.agent);
  await endConnection(call.rtcCallId);
  const { secret, ticketHash } = await newSecret(user, call, agent);
  const nowMs = Date.now();
  const secretUntilMs = nowMs + getEnv().realtime.clientSecretTtlSeconds * 1000;
  const args = [user.id, nowMs, call.rtcCallId ?? '', MAX_RESUMES, secretUntilMs, ticketHash, randomUUID()];
  const outcome = await runScript(RESUME, [storeKeys.call(callId)], args, Resumed);
  if (outcome === 'overdue') await endCall(await requireOwnCall(user.id, callId), 'time_limit');
  if (outcome !== 'resumed') throw new AppError(outcome === 'overdue' ? 'call_ended' : outcome);
  return callTicket({
    callId,
    agent: { ...agent, greets: false },
    secret,
    relayOrigin: call.connect === 'relay' ? origin : null,
    deadlineMs: call.deadlineMs,
    callSeconds: Math.ceil((call.deadlineMs - nowMs) / 1000),
  });
}
