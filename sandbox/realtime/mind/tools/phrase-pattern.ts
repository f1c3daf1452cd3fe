import { isCommon } from '../words/common-words.ts';
import { isMisheard } from '../words/similar.ts';
import { isUsed, type Meaning } from '../words/span.ts';
import { stem } from '../words/stem.ts';
import type { Slot, SlotKind } from './slots.ts';

/** One place of a pattern: any of some words, or a value that was found; possibly optional. */
type Element = { optional: boolean } & ({ words: readonly string[] } | { value: Meaning | '' });

export type PhrasePattern = readonly Element[];

/** How many short words that the pattern does not name may be in between. */
const MOST_SKIPPED = 2;

/** A reference may be a code, a day or a thing: any value matches. */
const MEANING_OF_KIND: Record<SlotKind, Meaning | ''> = {
  choice: 'choice',
  choices: 'choice',
  day: 'day',
  time: 'time',
  number: 'number',
  text: 'text',
  reference: '',
  yes_no: '',
};

/** `(do) you offer|sell {service}`: words, alternatives, optional words, and values of the tool's arguments; `{}` is any value. */
export function compilePhrase(phrase: string, slots: readonly Slot[]): PhrasePattern {
  return phrase.split(' ').map((part): Element => {
    const optional = part.startsWith('(');
    const text = part.replaceAll(/[()]/g, '');
    if (!text.startsWith('{')) return { optional, words: text.split('|') };
    const slot = slots.find(({ name }) => name === text.slice(1, -1));
    return { optional, value: slot ? MEANING_OF_KIND[slot.kind] : '' };
  });
}

/** How strongly the sentence contains the phrase, 0 for not at all, and the words that belong to it. */
export function matchPhrase(elements: PhrasePattern, free: readonly string[]) {
  let best = { strength: 0, matched: new Set<number>() };
  for (let start = 0; start < free.length; start++) {
    const found = matchFrom(elements, free, start);
    if (found && found.strength > best.strength) best = found;
  }
  return best;
}

function matchFrom(elements: readonly Element[], free: readonly string[], start: number) {
  const matched = new Set<number>();
  let strength = 0;
  let at = start;
  for (const [index, element] of elements.entries()) {
    const place = findElement(element, free, at, index === 0 ? 0 : MOST_SKIPPED);
    if (place === null) {
      if (element.optional) continue;
      return null;
    }
    matched.add(place);
    strength += 'words' in element && !element.words.every(isCommon) ? 1 : 0.5;
    at = place + 1;
    while ('value' in element && free[at] === free[place]) at += 1;
  }
  return { strength, matched };
}

function findElement(
  element: Element,
  free: readonly string[],
  from: number,
  mostSkipped: number,
): number | null {
  for (let place = from; place < free.length && place <= from + mostSkipped; place++) {
    const word = free[place] ?? '';
    if (fits(element, word)) return place;
    if (!isCommon(word) && !isUsed(word)) return null;
  }
  return null;
}

function fits(element: Element, word: string): boolean {
  if ('value' in element) return isUsed(word, element.value);
  return !isUsed(word) && element.words.some((meant) => isSame(word, meant));
}

const isSame = (heard: string, meant: string): boolean =>
  stem(heard) === stem(meant) || (!isCommon(heard) && isMisheard(heard, meant));
