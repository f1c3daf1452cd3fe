import type { Phrasebook } from '../phrasebook.ts';
import { EVERYDAY_SENTENCES } from '../talk/everyday.ts';
import { plainRequest } from '../talk/suggestions.ts';
import type { Slot } from '../tools/slots.ts';
import type { ToolProfile } from '../tools/tool-profile.ts';
import { NUMBER_WORDS } from '../words/numbers.ts';
import { splitWords } from '../words/split-words.ts';
import { type Sounds, toSounds, weigh } from './alignment.ts';
import { spellSounds } from './sounds.ts';

/** One part of an expected sentence: ways to say it. An empty way makes the part optional. */
export type Part = readonly { text: string; sounds: Sounds }[];

export interface Sentence {
  parts: readonly Part[];
  /** Weight of the heaviest way to say it. */
  mostWeight: number;
}

const part = (ways: readonly string[]): Part =>
  ways.map((text) => ({ text, sounds: toSounds(spellSounds(splitWords(text))) }));

const sentence = (parts: readonly Part[]): Sentence => ({
  parts,
  mostWeight: parts.reduce((sum, ways) => sum + Math.max(...ways.map(({ sounds }) => weigh(sounds))), 0),
});

const DAY: readonly Part[] = [
  part(['', 'next']),
  part(
    'monday,tuesday,wednesday,thursday,friday,saturday,sunday,today,tomorrow,the day after tomorrow'.split(
      ',',
    ),
  ),
  part(['', 'morning', 'afternoon']),
];
const TIME: readonly Part[] = [
  part(['', 'half past']),
  part([...NUMBER_WORDS.slice(1, 13), 'noon']),
  part(['', 'thirty', 'oclock', 'fifteen', 'am', 'pm']),
];

/** What is said in every call. */
export const EVERYDAY: readonly Sentence[] = EVERYDAY_SENTENCES.map((text) => sentence([part([text])]));

/** Whole sentences that ask for a tool, from its phrases and from its name. */
export const requestPhrases = (tool: ToolProfile, phrases: Phrasebook): readonly string[] => [
  ...(phrases.tools[tool.name]?.heard ?? []),
  plainRequest(tool),
];

/** Expected sentences, ready to be compared by sound. */
export const toSentences = (
  texts: readonly string[],
  slots: readonly Slot[],
  phrases: Phrasebook,
): Sentence[] => texts.map((text) => compile(text, slots, phrases));

/** Answers to the open question, offer or choice, and corrections of what came before it. */
export function answersFor(
  tool: ToolProfile,
  asked: Slot | undefined,
  hasOptions: boolean,
  phrases: Phrasebook,
): Sentence[] {
  const texts = [
    ...tool.slots.flatMap((slot) => answersTo(slot, slot === asked)),
    ...(asked ? [] : [`yes ${tool.verb} it`]),
    ...(hasOptions ? PLACES : []),
  ];
  return toSentences(texts, tool.slots, phrases);
}

const PLACES = ['the first one', 'the second one', 'the third one', 'the last one'];

function answersTo({ name, kind }: Slot, asked: boolean): string[] {
  const value = `{${name}}`;
  const correction = [`no i meant ${value}`, `make it ${value}`];
  if (kind === 'day') {
    const answers = [value, `for ${value} please`, `${value} would be great`];
    return [...correction, `on ${value}`, ...(asked ? answers : [])];
  }
  if (kind === 'time') {
    return [
      ...correction,
      `at ${value}`,
      ...(asked ? [value, `yes ${value} please`, `${value} please`] : []),
    ];
  }
  if (kind === 'choice') return [...correction, ...(asked ? [`(a) ${value} (please)`] : [])];
  return [];
}

/** `book|get a {service} (on) {day}`: words, alternatives, optional words, and values of arguments. */
function compile(text: string, slots: readonly Slot[], phrases: Phrasebook): Sentence {
  const parts = text.split(' ').flatMap((piece): readonly Part[] => {
    const word = piece.replaceAll(/[(){}]/g, '');
    if (piece.startsWith('(')) return [part(['', ...word.split('|')])];
    if (!piece.startsWith('{')) return [part(word.split('|'))];
    const slot = slots.find(({ name }) => name === word);
    if (slot?.kind === 'day' || word === 'day') return DAY;
    if (slot?.kind === 'time' || word === 'time') return TIME;
    const choices = slot?.choices ?? [];
    return [part(choices.length > 0 ? choices : Object.keys(phrases.synonyms))];
  });
  return sentence(parts);
}
