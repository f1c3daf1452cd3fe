/** With a rest of the sentence unheard, the newest word is often half of another. */
const HELD_BACK = 1;

export const splitWords = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/**
 * The words that two recognitions of a growing sentence agree on, from its beginning, without the newest: what a
 * recogniser said twice with more sound behind it seldom changes any more (known as local agreement).
 */
export function agreedWords(before: readonly string[], now: readonly string[]): string[] {
  const differs = now.findIndex((word, index) => word !== before[index]);
  const agreed = differs === -1 ? now.length : differs;
  return now.slice(0, Math.min(agreed, now.length - HELD_BACK));
}

/**
 * The whole sentence, continued from words that were shown already and cannot be taken back. Where the last recognition
 * reads their sound in another way, its words take over behind the place that fits them best.
 */
export function continueFrom(shown: readonly string[], heard: readonly string[]): string[] {
  return [...shown, ...heard.slice(placeBehind(shown, heard))];
}

/** How many words of `heard` say what `shown` says: as many as differ from it by the fewest letters. */
function placeBehind(shown: readonly string[], heard: readonly string[]): number {
  const costs = changesToPrefixes(keepLetters(shown.join('')), keepLetters(heard.join('')));
  let letters = 0;
  let best = { place: 0, cost: costs[0] ?? 0 };
  for (const [index, word] of heard.entries()) {
    letters += keepLetters(word).length;
    const cost = costs[letters] ?? 0;
    if (cost < best.cost) best = { place: index + 1, cost };
  }
  return best.place;
}

/** Levenshtein's distance from `text` to each beginning of `other`, by its length. */
function changesToPrefixes(text: string, other: string): number[] {
  let costs = Array.from({ length: other.length + 1 }, (_, length) => length);
  for (const [row, letter] of [...text].entries()) {
    const next = [row + 1];
    for (const [column, otherLetter] of [...other].entries()) {
      const replaced = (costs[column] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(replaced, (costs[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    costs = next;
  }
  return costs;
}

const keepLetters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
