import { namesDay } from '../words/days.ts';
import { findSpan } from '../words/span.ts';
import { splitWords } from '../words/split-words.ts';

/** The opening hours in the instructions, as told to a visitor; `null` when there are none. */
export function openingHoursIn(instructions: string): string | null {
  const sentences = instructions
    .split(/(?<=[.!?])\s+|\n+/)
    .map((line) => line.replace(/^\s*(?:[-*•#]+\s*)+/, ''));
  const hours = sentences
    .filter(tellsHours)
    .map((sentence) => sentence.replace(/^(?:Opening hours\b:?|Open\b)/, 'We are open'));
  return hours.length > 0 ? hours.slice(0, 2).join(' ') : null;
}

/** "Open Monday to Friday from 9 am", "Closed on Sundays": names a day, and is not a rule for the agent. */
const tellsHours = (sentence: string): boolean =>
  /\b(open|opens|opening hours|closed|closes)\b/i.test(sentence) &&
  !/^(?:never|always|if|when|before|after|do not|say|tell)\b/i.test(sentence) &&
  (namesDay(splitWords(sentence)) ||
    /\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days\b|\bdaily\b/.test(sentence));

const ASKED: readonly RegExp[] = [
  /\b(?:opening|business|closing|your) (?:hours|times?)\b/,
  /\b(?:when|what times?|what hours|how late|how long|until when|what days?) (?:\w+ ){0,3}?(?:you|shop|workshop|store|place|desk) (?:\w+ ){0,2}?(?:opens?|closes?|closed)\b/,
  /\b(?:are|is|do|does) (?:\w+ )?(?:you|shop|workshop|store|place) (?:still |already )?(?:opens?|closes?|closed)\b/,
];

/** Whether the user asks when the place is open, rather than which times are free. */
export const asksOpeningHours = (words: readonly string[]): boolean =>
  ASKED.some((pattern) => findSpan(words, pattern) !== null);

/** Ways to ask for it, compared by sound and expected by the recogniser. */
export const OPENING_HOURS_SENTENCES: readonly string[] = [
  'when are you open',
  'when do you open',
  'when do you close',
  'are you open on {day}',
  'what time do you open',
  'what time do you close on {day}',
  'what are your opening hours',
];
