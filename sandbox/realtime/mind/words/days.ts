import { NUMBER } from './numbers.ts';
import type { Sentence } from './span.ts';
import { findSpan, type Span } from './span.ts';

const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const MONTH = '(?:january|february|march|april|may|june|july|august|september|october|november|december)';
const ORDINAL =
  '(?:\\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty) (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)';
const NAMES = new RegExp(`${WEEKDAY}|${MONTH}`, 'g');
const PART = '(?: (?:in the )?(?:morning|afternoon|evening))?';

/** Most specific first. Days stay in the user's own words: the tool knows today's date. */
const DAYS: readonly string[] = [
  '\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?',
  `(?:the )?day after tomorrow${PART}`,
  `(?:${WEEKDAY} )?(?:the )?(?:${ORDINAL}|\\d{1,2}) (?:of )?${MONTH}${PART}`,
  `(?:${WEEKDAY} )?${MONTH} (?:the )?(?:${ORDINAL}|${NUMBER})${PART}`,
  `(?:a|${NUMBER}) weeks? (?:from|after) (?:today|tomorrow|${WEEKDAY})`,
  `in (?:a|${NUMBER}) (?:days?|weeks?|fortnight)`,
  `(?:(?:this|next|coming|following) )?${WEEKDAY}(?: (?:the )?${ORDINAL})?(?: next week| week)?${PART}`,
  `(?:today|tomorrow)(?: week)?${PART}|tonight|this (?:morning|afternoon|evening)`,
  'christmas eve|boxing day|new year(?:s)? (?:eve|day)',
  '(?:this|next|the) (?:week ?end|week|month)',
  `the ${ORDINAL}(?! (?:one|time|option|slot))`,
];
const DAY = new RegExp(`\\b(?:on |for )?(?<said>${DAYS.join('|')})\\b`);
const SOONEST =
  /\b(?<said>as soon as possible|as soon as you can|asap|earliest|soonest|(?:next|first) (?:free|available|possible|open)|any ?day|any ?time|whenever)\b/;

/** Takes the day that the free words name; `null` when they name none. */
export function takeDay(sentence: Sentence): Span | null {
  const span = sentence.takeMatch(DAY, 'day');
  return (
    span && {
      ...span,
      text: span.text.replace(NAMES, (name) => name.charAt(0).toUpperCase() + name.slice(1)),
    }
  );
}

/**
 * "As soon as possible", for tools that accept it. Its words stay free: they also show what the user asks
 * for.
 */
export const findSoonest = (sentence: Sentence): Span | null => findSpan(sentence.free, SOONEST);

export const namesDay = (words: readonly string[]): boolean => findSpan(words, DAY) !== null;

/** "friday afternoon" into "friday" and "afternoon". */
export function splitPart(day: string): { day: string; part: string | null } {
  const match = /^(?<day>.+?) (?:in the )?(?<part>morning|afternoon|evening)$/.exec(day);
  if (!match?.groups || match.groups.day === 'this') return { day, part: null };
  return { day: match.groups.day ?? day, part: match.groups.part ?? null };
}

export const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

/** Relative days, and what people add to a day. */
export const SPOKEN_DAYS: readonly string[] = [
  'today',
  'tomorrow',
  'the day after tomorrow',
  'this week',
  'next week',
  ...WEEKDAYS.map((day) => `next ${day}`),
];
export const PARTS_OF_DAY: readonly string[] = ['morning', 'afternoon', 'evening'];

/** The pieces of a date: "the third of", "December". */
export const DATES: readonly string[] = [
  ...'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth'
    .split(' ')
    .map((ordinal) => `the ${ordinal} of`),
  ...'January February March April May June July August September October November December'.split(' '),
];
