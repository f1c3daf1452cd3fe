import type { AgentSpeech, ObservedCall } from '../call/observed.ts';
import type { Expectations } from '../scenario/scenario.ts';
import { type Check, toCheck } from './check.ts';

const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Returns whether the words occur in the text: a phrase in any case and punctuation, or a pattern as it is. */
export function occurs(text: string, words: string | RegExp): boolean {
  if (words instanceof RegExp) return text.search(words) !== -1;
  return ` ${plain(text)} `.includes(` ${plain(words)} `);
}

const shown = (words: string | RegExp) => (words instanceof RegExp ? String(words) : `“${words}”`);

function checkNever(speeches: readonly AgentSpeech[], words: string | RegExp): string | null {
  const said = speeches.find(({ text }) => occurs(text, words));
  if (said) return `The agent said: “${said.text}”`;
  const heard = speeches.find((speech) => occurs(speech.heard, words));
  return heard
    ? `The agent’s voice was heard to say: “${heard.heard}” (its transcript: “${heard.text}”)`
    : null;
}

/** Checks what the agent said, and what it must not have: by its own transcript and by what its voice sounds like. */
export function checkWords(
  { says, neverSays }: Pick<Expectations, 'says' | 'neverSays'>,
  { speeches }: Pick<ObservedCall, 'speeches'>,
): Check[] {
  const all = speeches.map(({ text }) => text).join(' ');
  return [
    ...says.map((words) =>
      toCheck(`says: ${shown(words)}`, occurs(all, words) ? null : `It never did. It said: “${all}”`),
    ),
    ...neverSays.map((words) => toCheck(`never says: ${shown(words)}`, checkNever(speeches, words))),
  ];
}
