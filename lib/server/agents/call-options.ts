import 'server-only';
import type { Agent, AgentChoices } from '@/lib/server/agents/define-agent';
import { AppError } from '@/lib/server/app-error';

/** What a visitor chose for this call. Anything left out follows the agent, then the environment. */
export interface CallOptions {
  language?: string | undefined;
  voice?: string | undefined;
  accent?: string | undefined;
  tone?: string | undefined;
}

const CHOICES: Record<keyof CallOptions, keyof AgentChoices> = {
  language: 'languages',
  voice: 'voices',
  accent: 'accents',
  tone: 'tones',
};

/** Answers the options when the agent offers all of them. Throws `bad_request`, which says what may be chosen. */
export function requireCallOptions(agent: Agent, options: CallOptions): CallOptions {
  for (const [option, list] of Object.entries(CHOICES) as [keyof CallOptions, keyof AgentChoices][]) {
    const chosen = options[option];
    const offered = agent.choices[list];
    if (chosen === undefined || offered.includes(chosen)) continue;
    const mayBe = offered.length > 0 ? `one of ${offered.join(', ')}` : 'left out';
    throw new AppError('bad_request', { message: `The ${option} must be ${mayBe} with this agent.` });
  }
  return options;
}
