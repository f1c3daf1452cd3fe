import { isCommon } from '../words/common-words.ts';
import { isMisheard, toSound } from '../words/similar.ts';
import { isUsed, type Sentence, type Span } from '../words/span.ts';
import { splitWords } from '../words/split-words.ts';
import { stem } from '../words/stem.ts';

/** A value of an argument, with every way to say it. */
export interface Choice {
  value: string;
  ways: readonly (readonly string[])[];
  /** Single words that mean only this value. */
  telling: readonly string[];
}

/** `elsewhere`: words that mean other things in this session, and so choose nothing on their own. */
export function collectChoices(
  values: readonly string[],
  synonyms: Readonly<Record<string, readonly string[]>>,
  elsewhere: ReadonlySet<string>,
): Choice[] {
  const split = values.map((value) => splitWords(value.replaceAll('_', ' ')));
  const owners = new Map<string, number>();
  for (const words of split) for (const word of new Set(words)) owners.set(word, (owners.get(word) ?? 0) + 1);
  return values.map((value, index) => {
    const words = split[index] ?? [];
    const telling = words.filter(
      (word) => word.length > 2 && owners.get(word) === 1 && !isCommon(word) && !elsewhere.has(stem(word)),
    );
    return { value, ways: [words, ...(synonyms[value] ?? []).map(splitWords)], telling };
  });
}

/**
 * Takes the value that the free words name: said exactly, by a distinctive word, or as a recogniser may have
 * written it.
 */
export function takeChoice(
  sentence: Sentence,
  choices: readonly Choice[],
): { value: string; span: Span } | null {
  for (const matches of [sameStem, isMisheard]) {
    const said = choices
      .flatMap((choice) => choice.ways.map((way) => ({ choice, span: findWay(sentence, way, matches) })))
      .filter((found): found is { choice: Choice; span: Span } => found.span !== null)
      .sort((a, b) => b.span.end - b.span.start - (a.span.end - a.span.start));
    const longest = said[0];
    if (longest) return take(sentence, longest.choice, longest.span);
    for (const choice of choices) {
      for (const word of choice.telling) {
        const span = findWay(sentence, [word], matches);
        if (span) return take(sentence, choice, span);
      }
    }
  }
  return takeRunTogether(sentence, choices);
}

const sameStem = (heard: string, meant: string): boolean => stem(heard) === stem(meant);

function take(sentence: Sentence, choice: Choice, span: Span): { value: string; span: Span } {
  sentence.take(span, 'choice');
  return { value: choice.value, span };
}

function findWay(
  { free }: Sentence,
  way: readonly string[],
  matches: (heard: string, meant: string) => boolean,
): Span | null {
  if (way.length === 0) return null;
  const start = free.findIndex((_, from) =>
    way.every((meant, offset) => {
      const heard = free[from + offset] ?? '';
      return !isUsed(heard) && matches(heard, meant);
    }),
  );
  return start < 0
    ? null
    : { start, end: start + way.length, text: free.slice(start, start + way.length).join(' ') };
}

/** "tuna" for "tune up": one word for two, or two for one. */
function takeRunTogether(
  sentence: Sentence,
  choices: readonly Choice[],
): { value: string; span: Span } | null {
  const { free } = sentence;
  for (const choice of choices) {
    const sounds = choice.ways.filter((way) => way.join('').length >= 6).map((way) => toSound(way.join('')));
    for (let start = 0; start < free.length; start++) {
      for (let length = 1; length <= 3 && start + length <= free.length; length++) {
        const heard = free.slice(start, start + length);
        if (heard.some((word) => isUsed(word)) || heard.every(isCommon)) continue;
        if (!sounds.includes(toSound(heard.join('')))) continue;
        return take(sentence, choice, { start, end: start + length, text: heard.join(' ') });
      }
    }
  }
  return null;
}
