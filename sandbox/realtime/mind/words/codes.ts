import { isCommon } from './common-words.ts';
import { NUMBER } from './numbers.ts';
import { findSpan, type Sentence, type Span } from './span.ts';

/** Words that precede a code without being part of it. */
const LABELS = new Set(
  'ticket number code order booking reference appointment repair id is the my for'.split(' '),
);
const DIGITS = new RegExp(`(?<![\\w:])(?<said>${NUMBER}(?: ${NUMBER})*)(?= |$)`);

/** "amber forty two", "r 1042", "one zero four two": a code as people say it. */
export function takeCode(sentence: Sentence): Span | null {
  const digits = findSpan(sentence.free, DIGITS);
  if (!digits) return null;
  const before = sentence.free[digits.start - 1] ?? '';
  const hasWord = /^\p{L}+$/u.test(before) && !LABELS.has(before) && !isCommon(before);
  if (digitsIn(digits.text) < 2) return null;
  const span = hasWord
    ? { start: digits.start - 1, end: digits.end, text: `${before} ${digits.text}` }
    : digits;
  sentence.take(span, 'code');
  return span;
}

/** "forty two" has two digits, "one zero four" three. */
const digitsIn = (text: string): number =>
  text.split(' ').reduce((sum, word) => sum + (/^\d+$/.test(word) ? word.length : 1), 0);
