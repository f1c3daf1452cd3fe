import 'server-only';
import { z } from 'zod';
import { fittingOptions } from '@/lib/server/agents/call-options';
import type { ToolUser } from '@/lib/server/agents/define-tool';
import { requireAgent, summarizeTools } from '@/lib/server/agents/lookup';
import { composeSession } from '@/lib/server/agents/session-policy';
import { AppError } from '@/lib/server/platform/app-error';
import { requireOwnCall } from '@/lib/server/records/stored-call';
import { defineScript, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { Handoff } from '@/lib/shared/contract';
import type { CallId } from '@/lib/shared/ids';

/**
 * Gives an open call to another agent: from here on only that agent's tools run in it.
 *
 * KEYS: call
 * ARGV: owner, agent
 */
const HAND_OFF = defineScript(`
local call = redis.call('HMGET', KEYS[1], 'owner', 'state')
if call[1] ~= ARGV[1] then return 'call_not_found' end
if call[2] == 'ended' then return 'call_ended' end
redis.call('HSET', KEYS[1], 'agent', ARGV[2])
return 'handed_off'
`);

const HandedOff = z.enum(['handed_off', 'call_not_found', 'call_ended']);

/**
 * Puts another agent on the line. The provider's session is the browser's to update, with the policy that this
 * answers: a server in direct mode has no line into it. What a changed browser could do with it is no more than the
 * new agent may do, because tools are allowed by the call, not by the session.
 * Throws `unknown_agent`, `agent_forbidden`, `call_not_found`, `call_ended` or `store_unavailable`.
 */
export async function handOff(user: ToolUser, callId: CallId, agentName: string): Promise<Handoff> {
  const agent = requireAgent(user, agentName);
  const call = await requireOwnCall(user.id, callId);
  const { instructions, tools } = composeSession(agent, fittingOptions(agent, call.options));
  const outcome = await runScript(HAND_OFF, [storeKeys.call(callId)], [user.id, agent.name], HandedOff);
  if (outcome !== 'handed_off') throw new AppError(outcome);
  return {
    agent: { name: agent.name, title: agent.title },
    tools: summarizeTools(agent),
    session: { type: 'realtime', instructions: instructions ?? '', tools: tools ?? [] },
  };
}
