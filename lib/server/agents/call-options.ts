import 'server-only';
import type { Agent, AgentChoices } from '@/lib/server/agents/define-agent';
import { AppError } from '@/lib/server/platform/app-error';
import type { CallOptions } from '@/lib/shared/contract';

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

/**
 * The options of a call as far as this agent offers them: after a handoff the choices were made for another one.
 */
export function fittingOptions(agent: Agent, options: CallOptions): CallOptions {
  const offered = (Object.entries(CHOICES) as [keyof CallOptions, keyof AgentChoices][]).filter(
    ([option, list]) => agent.choices[list].includes(options[option] ?? ''),
  );
  return Object.fromEntries(offered.map(([option]) => [option, options[option]]));
}
