import 'server-only';
import { z } from 'zod';
import { pickOptions } from '@/lib/server/agents/call-options';
import type { Agent } from '@/lib/server/agents/define-agent';
import type { ToolUser } from '@/lib/server/agents/define-tool';
import { requireAgent, summarizeTools } from '@/lib/server/agents/lookup';
import { composeSession } from '@/lib/server/agents/session-policy';
import { AppError } from '@/lib/server/platform/app-error';
import { requireOwnCall } from '@/lib/server/records/stored-call';
import { defineScript, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { CallOptions, Handoff } from '@/lib/shared/contract';
import type { CallId } from '@/lib/shared/ids';

/** Gives an open call to another agent: from here on, only that agent's tools run in it. */
const HAND_OFF = defineScript({
  keys: ['call'],
  args: ['owner', 'agent'],
  reply: z.enum(['handed_off', 'call_not_found', 'call_ended']),
  lua: `
local call = redis.call('HMGET', KEY.call, 'owner', 'state')
if call[1] ~= ARG.owner then return 'call_not_found' end
if call[2] == 'ended' then return 'call_ended' end
redis.call('HSET', KEY.call, 'agent', ARG.agent)
return 'handed_off'
`,
});

const composeHandoff = (agent: Agent, options: CallOptions): Handoff => {
  const { instructions, tools } = composeSession(agent, pickOptions(agent, options));
  return {
    agent: { name: agent.name, title: agent.title },
    tools: summarizeTools(agent),
    session: { type: 'realtime', instructions: instructions ?? '', tools: tools ?? [] },
  };
};

/** Returns the policy of a handoff that took place, for a repeat of its request. Throws what `handOff` throws. */
export async function repeatHandOff(user: ToolUser, callId: CallId, agentName: string): Promise<Handoff> {
  const call = await requireOwnCall(user.id, callId);
  return composeHandoff(requireAgent(user, agentName), call.options);
}

/**
 * Gives the call to another agent and returns that agent's policy, with which the browser updates the provider's
 * session: a server in direct mode has no access to it. A changed browser can do no more with it than the new agent may
 * do, because tools are allowed by the call, not by the session.
 * Throws `unknown_agent`, `agent_forbidden`, `call_not_found`, `call_ended` or `store_unavailable`.
 */
export async function handOff(user: ToolUser, callId: CallId, agentName: string): Promise<Handoff> {
  const agent = requireAgent(user, agentName);
  const call = await requireOwnCall(user.id, callId);
  const outcome = await runScript(
    HAND_OFF,
    { call: storeKeys.call(callId) },
    { owner: user.id, agent: agent.name },
  );
  if (outcome !== 'handed_off') throw new AppError(outcome);
  return composeHandoff(agent, call.options);
}
