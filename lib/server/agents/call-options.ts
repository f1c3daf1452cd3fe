import 'server-only';
import type { Agent } from '@/lib/server/agents/define-agent';
import { AppError } from '@/lib/server/platform/app-error';
import { CHOICES_OF_OPTION, OPTION_NAMES, pickOffered } from '@/lib/shared/agent-choices';
import type { CallOptions } from '@/lib/shared/contract';

/** Returns the options if the agent offers all of them. Throws `bad_request`, which says what may be chosen. */
export function requireCallOptions(agent: Agent, options: CallOptions): CallOptions {
  for (const option of OPTION_NAMES) {
    const chosen = options[option];
    const offered: readonly string[] = agent.choices[CHOICES_OF_OPTION[option]];
    if (chosen === undefined || offered.includes(chosen)) continue;
    const mayBe = offered.length > 0 ? `one of ${offered.join(', ')}` : 'left out';
    throw new AppError('bad_request', { message: `The ${option} must be ${mayBe} with this agent.` });
  }
  return options;
}

/** Returns the options that this agent offers: after a handoff they were chosen for another agent. */
export const pickOptions = (agent: Agent, options: CallOptions): CallOptions =>
  pickOffered(options, agent.choices);
