import 'server-only';
import type { Hours } from '@/business/shop/opening-hours';
import { numbersAsDigits } from '@/business/shop/words/spoken-number';

/** A time of day as spoken. `bare`: nothing says morning or afternoon, as in "half past two". */
export interface SaidTime {
  /** Since midnight. A bare time is below 13:00. */
  minutes: number;
  bare: boolean;
}

const MINUTES_PER_HALF_DAY = 12 * 60;
const MINUTES_PER_DAY = 24 * 60;

const plainTimeWords = (said: string) =>
  numbersAsDigits(said)
    .replace(/\ba ?\.? ?m\b\.?/g, 'am')
    .replace(/\bp ?\.? ?m\b\.?/g, 'pm')
    .replace(/\bo'? ?clock\b/g, ' ')
    .replace(/\b(?:midday|noon|lunchtime)\b/g, '12 pm')
    .replace(/\bmidnight\b/g, '0:00')
    .replace(/\b(?:in )?(?:the )?morning\b/g, 'am')
    .replace(/\b(?:in )?(?:the )?(?:afternoon|evening)\b|\bat night\b|\btonight\b/g, 'pm')
    .replace(/^.*\bat\b/, ' ')
    .replace(/\b(?:a|about|around|for|please|maybe|minutes|hours|sharp|exactly|say|the)\b/g, ' ')
    .replace(/(\d)(am|pm)\b/g, '$1 $2')
    .replace(/[,!?]|\.(?!\d)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Returns the hour and minutes as spoken. */
function readClock(text: string): { hour: number; minute: number } | null {
  const half = /^half (?:past )?(\d{1,2})$/.exec(text);
  if (half !== null) return { hour: Number(half[1]), minute: 30 };

  const offset = /^(quarter|\d{1,2}) (past|after|to|before|till) (\d{1,2})$/.exec(text);
  if (offset !== null) {
    const minute = offset[1] === 'quarter' ? 15 : Number(offset[1]);
    const hour = Number(offset[3]);
    if (minute === 0 || minute >= 60) return null;
    if (offset[2] === 'past' || offset[2] === 'after') return { hour, minute };
    return { hour: hour === 1 ? 12 : hour - 1, minute: 60 - minute };
  }
  const clock = /^(\d{1,2})(?:[:. ]?(\d{2}))?$/.exec(text);
  return clock === null ? null : { hour: Number(clock[1]), minute: Number(clock[2] ?? 0) };
}

/**
 * Reads a time of day as people say it: "half past ten", "quarter to three", "ten thirty", "2 pm", "noon", "14:00".
 * Returns `null` when the words name no single time.
 */
export function readSaidTime(said: string): SaidTime | null {
  const words = plainTimeWords(said);
  const suffix = /^(.*?) ?\b(am|pm)$/.exec(words);
  const clock = readClock(suffix?.[1] ?? words);
  if (clock === null || clock.hour > 23 || clock.minute > 59) return null;
  const minutes = clock.hour * 60 + clock.minute;
  const halfDay = suffix?.[2];
  if (clock.hour === 0 || clock.hour > 12) return { minutes, bare: false };
  if (halfDay === undefined) return { minutes, bare: true };
  const sinceNoonOrMidnight = minutes % MINUTES_PER_HALF_DAY;
  return {
    minutes: halfDay === 'am' ? sinceNoonOrMidnight : sinceNoonOrMidnight + MINUTES_PER_HALF_DAY,
    bare: false,
  };
}

/** Resolves a bare time by the opening hours: "two" is 14:00 in a shop that is open from nine to half past five. */
export function timeWithin(said: SaidTime, hours: Hours): number {
  if (!said.bare) return said.minutes;
  const later = (said.minutes + MINUTES_PER_HALF_DAY) % MINUTES_PER_DAY;
  const isOpen = (minutes: number) => minutes >= hours.opens && minutes < hours.closes;
  return !isOpen(said.minutes) && isOpen(later) ? later : said.minutes;
}
