import { NUMBER, NUMBER_WORDS } from './numbers.ts';
import { findSpan, type Sentence, type Span } from './span.ts';
import { asSaid } from './split-words.ts';

const HOUR_WORD = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const HOUR = `(?:${HOUR_WORD}|[01]?\\d|2[0-3])`;
/** What recognisers write for an hour after "at". */
const MISHEARD_HOUR = '(?:won|to|too|for|ate|tan|then)';
const MINUTES =
  '(?:thirty|fifteen|forty five|forty|twenty five|twenty|ten|fifty|thirty five|fifty five|oh five|[0-5]\\d)';
const HALF = '(?: (?:am|pm)| in the (?:morning|afternoon|evening)| (?:morning|afternoon|evening)| at night)';

/** Unambiguous: needs no "at" in front. */
const CLEAR: readonly string[] = [
  `half (?:past )?${HOUR}`,
  `(?:a )?quarter (?:past|after|to|before) ${HOUR}`,
  `${NUMBER} (?:minutes )?(?:past|to) ${HOUR}(?= |$)`,
  `[012]?\\d:[0-5]\\d`,
  `${HOUR} ${MINUTES}(?: oclock)?`,
  `${HOUR} oclock`,
  `${HOUR}(?=${HALF})`,
  'noon|midday|midnight|lunchtime',
];
const CLEAR_TIME = new RegExp(
  `\\b(?:at |around |about |for |by )?(?:the )?(?<said>(?:${CLEAR.join('|')})${HALF}?)(?: (?:one|slot))?(?![\\w:])`,
);
const AFTER_AT = new RegExp(
  `\\b(?:at|around|about) (?:the )?(?<said>${HOUR}|${MISHEARD_HOUR}|\\d{4})(?: (?:one|slot))?(?= |$)`,
);
/**
 * A bare hour where a time is expected: after a day, after "make it", or as an answer. "Brought your past
 * three" is not a time: the words before "past" were misheard.
 */
const BARE = new RegExp(`(?<!\\bpast )\\b(?:the )?(?<said>${HOUR}|\\d{4})(?: (?:one|slot))?(?= |$)`);
const HEARD_AS = new Map([
  ['won', 'one'],
  ['to', 'two'],
  ['too', 'two'],
  ['for', 'four'],
  ['ate', 'eight'],
  ['tan', 'ten'],
  ['then', 'ten'],
]);

/**
 * Takes the time of day that the free words name, in the user's own words. `expected`: a bare number counts
 * too.
 */
export function takeTime(sentence: Sentence, expected: boolean): Span | null {
  const span =
    sentence.takeMatch(CLEAR_TIME, 'time') ??
    sentence.takeMatch(AFTER_AT, 'time') ??
    (expected ? sentence.takeMatch(BARE, 'time') : null);
  return span && { ...span, text: spoken(span.text) };
}

export const namesTime = (words: readonly string[]): boolean => findSpan(words, CLEAR_TIME) !== null;

/** "1030" is how a recogniser writes "ten thirty". */
function spoken(text: string): string {
  const digits = /^(\d{1,2})(\d\d)$/.exec(text);
  return digits ? `${Number(digits[1])}:${digits[2]}` : (HEARD_AS.get(text) ?? asSaid(text));
}

const HOURS = NUMBER_WORDS.slice(1, 13);

/** The times that people name, as they say them. */
export const SPOKEN_TIMES: readonly string[] = [
  'noon',
  ...HOURS,
  ...HOURS.map((hour) => `${hour} thirty`),
  ...['half past', 'quarter past', 'quarter to'].flatMap((start) => HOURS.map((hour) => `${start} ${hour}`)),
];
