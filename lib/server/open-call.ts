import 'server-only';
import { randomUUID } from 'node:crypto';
import { admitCall, giveBack, type NewCall } from '@/lib/server/admit-call';
import { type Agent, getAgent } from '@/lib/server/agents';
import { accountsOf } from '@/lib/server/allowance';
import { AppError } from '@/lib/server/app-error';
import { watchDeadline } from '@/lib/server/deadline-timers';
import { getEnv } from '@/lib/server/env';
import { utcDay } from '@/lib/server/ledger';
import { log } from '@/lib/server/log';
import { directCallUrl, mintClientSecret } from '@/lib/server/realtime';
import { safetyIdentifier } from '@/lib/server/safety-identifier';
import { composeSession } from '@/lib/server/session-policy';
import { toolSummaries } from '@/lib/server/tools';
import type { User } from '@/lib/server/user';
import type { CallTicket, OpenCallRequest } from '@/lib/shared/contract';

function requireAgent(user: User, name: string): Agent {
  const agent = getAgent(name);
  if (!agent) throw new AppError('unknown_agent');
  if (!agent.roles.includes(user.role)) throw new AppError('agent_forbidden');
  return agent;
}

/**
 * Opens a call: limits and reservation in one request to the database, then the secret from the provider.
 * Whatever fails on the way, nothing stays reserved.
 * Throws `not_configured`, `unknown_agent`, `agent_forbidden`, and what `admitCall` and `mintClientSecret` throw.
 */
export async function openCall(user: User, input: OpenCallRequest): Promise<CallTicket> {
  if (getEnv().missing.length > 0) throw new AppError('not_configured');
  const agent = requireAgent(user, input.agent);
  const session = composeSession(agent);
  const call: NewCall = {
    callId: `call_${randomUUID()}`,
    owner: user.id,
    agent: agent.name,
    accounts: accountsOf(user),
    day: utcDay(Date.now()),
  };
  const { seconds, startedAtMs } = await admitCall(user, call, input.takeOver);
  const secret = await mintClientSecret(session, safetyIdentifier(user.id)).catch(async (error: unknown) => {
    await giveBack(call);
    throw error;
  });
  const deadlineMs = startedAtMs + seconds * 1000;
  watchDeadline(call.callId, deadlineMs);
  log().info({ callId: call.callId, agent: agent.name, seconds }, 'call opened');
  return {
    callId: call.callId,
    secret,
    callUrl: directCallUrl(),
    agent: { name: agent.name, title: agent.title },
    tools: toolSummaries(agent),
    deadline: new Date(deadlineMs).toISOString(),
    callSeconds: seconds,
    greets: agent.greets,
  };
}
