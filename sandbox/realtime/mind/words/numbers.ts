import { cardinal, TENS, UNITS } from '../../number-words.ts';

/** A pattern for one spoken or written number up to 99. */
export const NUMBER = `(?:\\d+|(?:${TENS.join('|')})(?: (?:${UNITS.slice(1, 10).join('|')}))?|${UNITS.slice().reverse().join('|')})`;

/** Words that sound like numbers, for places where only a number fits. */
const HOMOPHONES: Record<string, string> = {
  won: 'one',
  to: 'two',
  too: 'two',
  for: 'four',
  fore: 'four',
  ate: 'eight',
  oh: 'zero',
  o: 'zero',
};

export const asNumberWord = (word: string): string => HOMOPHONES[word] ?? word;

/** Returns the number of "two", "twenty two" or "12", or `null`. */
export function toNumber(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  const words = text.split(' ').map(asNumberWord);
  let total = 0;
  for (const word of words) {
    const unit = UNITS.indexOf(word);
    const ten = TENS.indexOf(word);
    if (unit >= 0) total += unit;
    else if (ten >= 0) total += (ten + 2) * 10;
    else return null;
  }
  return words.length > 0 ? total : null;
}

/** "zero" to "ninety nine", by their number. */
export const NUMBER_WORDS: readonly string[] = Array.from({ length: 100 }, (_, number) => cardinal(number));
