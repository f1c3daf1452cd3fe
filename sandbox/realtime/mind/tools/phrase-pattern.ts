import { isCommon } from '../words/common-words.ts';
import { isMisheard } from '../words/similar.ts';
import { stem } from '../words/stem.ts';

/** One place of a pattern: any of some words, or any value of an argument; perhaps left out. */
interface Element {
  words: readonly string[] | null;
  optional: boolean;
}

export interface PhrasePattern {
  elements: readonly Element[];
}

/** How far a pattern may be spread by little words that it does not name. */
const MOST_SKIPPED = 2;

/** `(do) you offer|sell {service}`: words, alternatives, optional words, and `{…}` for a value that was found. */
export function compilePhrase(phrase: string): PhrasePattern {
  const elements = phrase.split(' ').map((part) => {
    const optional = part.startsWith('(');
    const text = part.replaceAll(/[()]/g, '');
    return { words: text.startsWith('{') ? null : text.split('|'), optional };
  });
  return { elements };
}

/** Number of telling places that match, or 0 when the phrase is not in the sentence. `free` has `¤` where a value was found. */
export function matchPhrase(
  { elements }: PhrasePattern,
  free: readonly string[],
): { strength: number; matched: Set<number> } {
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
    strength += element.words === null || element.words.every(isCommon) ? 0.5 : 1;
    at = place + 1;
    while (element.words === null && free[at] === '¤') at += 1;
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
    if (element.words === null ? word === '¤' : element.words.some((meant) => isSame(word, meant)))
      return place;
    if (!isCommon(word) && word !== '¤') return null;
  }
  return null;
}

const isSame = (heard: string, meant: string): boolean =>
  stem(heard) === stem(meant) || (!isCommon(heard) && isMisheard(heard, meant));
