import 'server-only';
import { numbersAsDigits } from '@/business/shop/words/spoken-number';

/** In the order of `Date.getDay()`. */
export const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

/** A pattern for any weekday. */
export const WEEKDAY = `(?:${WEEKDAYS.join('|')})`;
const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';

const DAY_WORD = new RegExp(`^(?:${WEEKDAY}|${MONTH}|today|tomorrow|on|at)$`);

/** Returns whether a word makes the number beside it a date or a time. */
export const isDayWord = (word: string) => DAY_WORD.test(word);

/**
 * What people say, and words for it that chrono-node reads correctly. Most lines correct a misreading: chrono reads
 * "day after tomorrow" as tomorrow, "november 30" as the first, "Friday week" as this Friday, and lets a time of day move
 * the date. It does not know "the 3rd", "tues" and "fortnight".
 */
const REWRITES: readonly [RegExp, string][] = [
  [/[,.!?]/g, ' '],
  [/\bat (?:the )?weekend\b/, 'weekend'],
  [/\bat\b.*$|\b\d{1,2}:\d\d\b.*$|\b\d{1,2} ?(?:am|pm)\b.*$/, ' '],
  [/\btonight\b/g, 'today evening'],
  [/\bthis (morning|afternoon|evening)\b/g, 'today $1'],
  [/\bfrom (?:now|today)\b/g, ' '],
  [/\b(?:right )?now\b/g, 'today'],
  [/\btues\b/g, 'tuesday'],
  [/\bweds\b/g, 'wednesday'],
  [/\bthurs?\b/g, 'thursday'],
  [/\b(?:a )?fortnight\b/g, '2 weeks'],
  [/\bday after tomorrow\b/g, 'in 2 days'],
  [/\bchristmas eve\b/g, '24 december'],
  [/\b(?:christmas|xmas)(?: day)?\b/g, '25 december'],
  [/\bboxing day\b/g, '26 december'],
  [/\bnew year'?s eve\b/g, '31 december'],
  [/\bnew year'?s(?: day)?\b/g, '1 january'],
  [/\b(?:the|of|on|for|please|coming|following)\b/g, ' '],
  [/\s+/g, ' '],
  [new RegExp(`\\b(${MONTH}) (\\d{1,2})(?:st|nd|rd|th)?\\b`, 'g'), '$2 $1'],
  [new RegExp(`(\\d)(?:st|nd|rd|th) (?=${MONTH})`, 'g'), '$1 '],
  [new RegExp(`\\bnext week (${WEEKDAY})\\b`, 'g'), '$1 next week'],
  [new RegExp(`\\b(${WEEKDAY})(?: in)? week after next\\b`, 'g'), 'a week from $1 next week'],
  [new RegExp(`\\b(${WEEKDAY}|today|tomorrow) week\\b`, 'g'), 'a week from $1'],
];

/** "One" in the sense of an appointment, as in "the Friday one"; not "one week", not "twenty-one". */
const PRONOUN_ONE = /(?<!ty[ -])\bone\b(?! (?:day|week|month))/gi;

/** Returns a spoken day in plain words: lower case, numbers as digits, no filler words. */
export const plainDayWords = (said: string) =>
  REWRITES.reduce(
    (text, [pattern, better]) => text.replace(pattern, better),
    numbersAsDigits(said.replace(PRONOUN_ONE, ' ')),
  ).trim();
