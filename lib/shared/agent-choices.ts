import type { CallOptions } from '@/lib/shared/contract';

/** What an agent lets its caller choose from. An empty list leaves nothing to choose. */
export interface AgentChoices {
  /** Language codes such as `en`. */
  languages: readonly string[];
  voices: readonly string[];
  accents: readonly string[];
  tones: readonly string[];
}

export type OptionName = Exclude<keyof CallOptions, 'pace'>;

/** The list of an agent's choices that each option is taken from. */
export const CHOICES_OF_OPTION = {
  language: 'languages',
  voice: 'voices',
  accent: 'accents',
  tone: 'tones',
} as const satisfies Record<OptionName, keyof AgentChoices>;

export const OPTION_NAMES = ['language', 'voice', 'accent', 'tone'] as const satisfies readonly OptionName[];

/** Returns the chosen options that the agent offers. The others were chosen earlier, or for another agent. */
export function pickOffered({ pace, ...chosen }: CallOptions, choices: AgentChoices): CallOptions {
  const offered = OPTION_NAMES.flatMap((name) => {
    const value = chosen[name];
    return value !== undefined && choices[CHOICES_OF_OPTION[name]].includes(value) ? [[name, value]] : [];
  });
  return { ...Object.fromEntries(offered), ...(pace === undefined ? {} : { pace }) };
}
