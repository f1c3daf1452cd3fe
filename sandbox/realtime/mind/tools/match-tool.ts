import type { Values } from '../memory.ts';
import { isCommon } from '../words/common-words.ts';
import { takeDay } from '../words/days.ts';
import { isUsed, type Sentence } from '../words/span.ts';
import { stem } from '../words/stem.ts';
import { takeTime } from '../words/times.ts';
import { takeChoice } from './choices.ts';
import { extract, type Reader } from './extract.ts';
import { namesThing } from './nouns.ts';
import { matchPhrase, type PhrasePattern } from './phrase-pattern.ts';
import type { ToolProfile } from './tool-profile.ts';
import { isAskingVerb, verbStrength } from './verbs.ts';

export interface ToolMatch {
  tool: ToolProfile;
  values: Values;
  score: number;
  /** A phrase of the phrasebook matched: more certain than names and descriptions. */
  byPhrase: boolean;
}

/** Below this a sentence asks for no tool. */
const LEAST_SCORE = 3;
/**
 * At least this share of the content words must mean something to the tool. Off-topic sentences fail here.
 */
const LEAST_EXPLAINED = 0.6;

/** The tools that a sentence may ask for, best first. Empty: it asks for none of them. */
export function matchTools(
  words: readonly string[],
  tools: readonly ToolProfile[],
  reader: Reader,
): ToolMatch[] {
  return tools
    .map((tool) => matchTool(words, tool, reader))
    .filter((match): match is ToolMatch => match !== null)
    .sort((a, b) => b.score - a.score);
}

function matchTool(words: readonly string[], tool: ToolProfile, reader: Reader): ToolMatch | null {
  if (tool.deed === 'end' && words.includes('not')) return null;
  const { values, sentence } = extract(words, tool, reader, null);
  takeKnown(sentence, reader);
  const { free } = sentence;
  const stems = free.map(stem);
  const phrase = bestPhrase(free, tool.asks);
  const evidence = { free, stems, tool, values, matched: phrase.matched };
  if (explained(evidence) < LEAST_EXPLAINED) return null;
  const byPhrase = phrase.strength > 0 ? 3 + phrase.strength + valueScore(values) : 0;
  const said = Math.max(byName(evidence), byPhrase);
  const score = said > 0 && tool.deed === 'create' && isComplete(tool, values) ? said + COMPLETE_BONUS : said;
  return score < LEAST_SCORE ? null : { tool, values, score, byPhrase: phrase.strength > 0 };
}

/** Days, times and named things have a meaning, even for a tool that does not use them. */
function takeKnown(sentence: Sentence, { named }: Reader): void {
  while (takeDay(sentence) || takeTime(sentence, false) || takeChoice(sentence, named));
}

/**
 * "A tune-up, Friday at ten", without a verb: the action whose every argument was named. Weaker than any other
 * reading, because misheard sentences look like this too.
 */
export const matchBareValues = (words: readonly string[], tools: readonly ToolProfile[], reader: Reader) =>
  readTools(words, tools, reader).find(
    ({ tool, values }) => tool.deed === 'create' && isComplete(tool, values),
  ) ?? null;

/**
 * "Thursday at half past two", "a tune-up", "Friday": what an action, or else a question, needs, and nothing
 * more.
 */
export function matchOnlyValues(words: readonly string[], tools: readonly ToolProfile[], reader: Reader) {
  const read = readTools(words, tools, reader).filter(({ sentence }) =>
    sentence.rest.every((word) => BETWEEN_VALUES.has(word)),
  );
  return (
    read.find(({ tool, values }) => tool.deed === 'create' && isTelling(tool, values)) ??
    read.find(({ tool, values }) => tool.deed === 'read' && hasRequired(tool, values)) ??
    null
  );
}

const BETWEEN_VALUES = new Set('a an the at on for and then'.split(' '));

const readTools = (words: readonly string[], tools: readonly ToolProfile[], reader: Reader) =>
  tools.map((tool) => ({ tool, ...extract(words, tool, reader, null) }));

/** A choice alone shows the intent; a day alone may mean anything. */
function isTelling(tool: ToolProfile, values: Values): boolean {
  const named = tool.slots.filter((slot) => slot.required && slot.name in values);
  return named.length > 1 || named.some(({ kind }) => kind === 'choice');
}

interface Evidence {
  free: readonly string[];
  stems: readonly string[];
  tool: ToolProfile;
  values: Values;
  matched: ReadonlySet<number>;
}

/** A user who names the service, the day and the time does not ask what is free. */
const COMPLETE_BONUS = 1.5;

const isComplete = (tool: ToolProfile, values: Values): boolean =>
  tool.slots.filter((slot) => slot.required).length > 1 && hasRequired(tool, values);

/** It has required arguments, and all are known. */
function hasRequired({ slots }: ToolProfile, values: Values): boolean {
  const required = slots.filter((slot) => slot.required);
  return required.length > 0 && required.every(({ name }) => name in values);
}

const valueScore = (values: Values): number => Math.min(3, Object.keys(values).length) * 0.7;

/** Verb and object of the tool's name, and its values. */
function byName({ stems, tool, values }: Evidence): number {
  const things = tool.objectStems.filter((thing) => namesThing(stems, thing));
  const share = tool.objectStems.length === 0 ? 0 : things.length / tool.objectStems.length;
  const choices = tool.slots.filter(({ kind, name }) => kind.startsWith('choice') && name in values);
  const chosen = choices.length > 0;
  // "A large margherita" orders one, without a verb.
  const verb =
    verbStrength(stems, tool.verb, tool.deed) || (tool.deed === 'create' && choices.length > 1 ? 1 : 0);
  if (verb === 0) return 0;
  // A named thing, or a choice that only this tool has, shows the subject.
  if (share === 0 && !(chosen && tool.deed !== 'read')) return 0;
  return verb + share * 2 + valueScore(values) * (chosen ? 1.5 : 1);
}

/** Share of the content words that mean something to the tool. */
function explained({ free, stems, tool, matched }: Evidence): number {
  const telling = free.flatMap((word, index) => (isCommon(word) ? [] : [index]));
  if (telling.length === 0) return 1;
  const known = telling.filter((index) => {
    const word = stems[index] ?? '';
    return (
      isUsed(word) ||
      matched.has(index) ||
      isAskingVerb(word) ||
      tool.descriptionStems.has(word) ||
      tool.objectStems.some((thing) => namesThing([word], thing)) ||
      word === stem(tool.verb)
    );
  });
  return known.length / telling.length;
}

function bestPhrase(free: readonly string[], asks: readonly PhrasePattern[]) {
  let best = { strength: 0, matched: new Set<number>() };
  for (const ask of asks) {
    const found = matchPhrase(ask, free);
    if (found.strength > best.strength) best = found;
  }
  return best;
}
