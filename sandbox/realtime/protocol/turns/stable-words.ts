import { prefixDistances } from '../../edit-distance.ts';

/** While the sentence continues, the newest word is often half of another. */
const HELD_BACK = 1;

export const splitWords = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/**
 * The words that two recognitions of a growing sentence agree on, from its beginning, without the newest:
 * what a recogniser returned twice, the second time with more audio, seldom changes (local agreement).
 */
export function agreedWords(before: readonly string[], now: readonly string[]): string[] {
  const differs = now.findIndex((word, index) => word !== before[index]);
  const agreed = differs === -1 ? now.length : differs;
  return now.slice(0, Math.min(agreed, now.length - HELD_BACK));
}

/**
 * The whole sentence, continued from words that were already shown and cannot be taken back. Where the final
 * recognition differs from them, its words continue from the place that fits best.
 */
export function continueFrom(shown: readonly string[], heard: readonly string[]): string[] {
  return [...shown, ...heard.slice(placeBehind(shown, heard))];
}

/** How many words of `heard` match `shown`: the number that differs from it by the fewest letters. */
function placeBehind(shown: readonly string[], heard: readonly string[]): number {
  const costs = prefixDistances(keepLetters(shown.join('')), keepLetters(heard.join('')));
  let letters = 0;
  let best = { place: 0, cost: costs[0] ?? 0 };
  for (const [index, word] of heard.entries()) {
    letters += keepLetters(word).length;
    const cost = costs[letters] ?? 0;
    if (cost < best.cost) best = { place: index + 1, cost };
  }
  return best.place;
}

const keepLetters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
