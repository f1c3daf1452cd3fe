import 'server-only';
import type { Agent } from '@/lib/server/agents/define-agent';
import type { Tool } from '@/lib/server/agents/define-tool';
import { houseRules } from '@/lib/server/agents/house-rules';

interface Wording {
  /** A language code such as `en` or `pt-BR`. */
  language: string;
  accent: string | null;
  tone: string | null;
  /** The agent says with its first words that it is an AI. */
  saysItIsAi: boolean;
  /** The deployer's own additions. */
  further: string | null;
  now: Date;
  timeZone: string;
}

const section = (title: string, ...lines: string[]) =>
  [`# ${title}`, ...lines.map((line) => `- ${line}`)].join('\n');

/** Returns "Brazilian Portuguese" for `pt-BR`. A well-formed code without a name stays as it is. */
function languageName(code: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

function languageRules(code: string): string {
  const name = languageName(code);
  return section(
    'Language',
    `Speak ${name}, whatever language you hear, even if the visitor has an accent.`,
    `If the visitor speaks another language, say in ${name} that you can only help in ${name}.`,
    'Pass arguments to tools in English.',
  );
}

function voiceRules(accent: string | null, tone: string | null): string[] {
  const lines = [
    ...(accent
      ? [`Accent: ${accent}. It colours the sound only, never the language or the choice of words.`]
      : []),
    ...(tone ? [`Tone: ${tone}.`] : []),
  ];
  return lines.length > 0 ? [section('Voice', ...lines)] : [];
}

/** The first words are the last moment at which people may learn it; what comes later can be talked over. */
function openingRules({ greeting }: Agent, { saysItIsAi, language }: Wording): string[] {
  const name = languageName(language);
  const lines = [
    ...(greeting === null ? [] : ['You speak first.', greeting]),
    ...(saysItIsAi
      ? [
          `You are an AI. Your first sentence in a call says so, early and in passing, with the everyday word for it in ${name}.`,
          'Say it once, and again whenever you are asked. Never claim to be a person.',
        ]
      : []),
  ];
  return lines.length > 0 ? [section('Opening', ...lines)] : [];
}

/** Returns the date, so that the agent can talk about days. The tools have a clock of their own. */
function nowRules(now: Date, timeZone: string): string {
  const today = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full' }).format(now);
  return section('Today', `Today is ${today}, in the time zone ${timeZone}.`);
}

/**
 * Returns everything that the model is told: the agent's own instructions, the rules of the house, language, accent and
 * tone, the deployer's additions, and the date. The date changes daily and comes last, so that the provider can cache
 * the rest.
 */
export function composeInstructions(agent: Agent, tools: readonly Tool[], wording: Wording): string {
  return [
    agent.instructions,
    houseRules(tools),
    languageRules(wording.language),
    ...voiceRules(wording.accent, wording.tone),
    ...openingRules(agent, wording),
    ...(wording.further === null ? [] : [`# Further instructions\n${wording.further}`]),
    nowRules(wording.now, wording.timeZone),
  ].join('\n\n');
}
