import type { Sentence } from '../words/span.ts';
import type { Slot } from './slots.ts';

/** What precedes a free text that the agent did not ask for. */
const MARKERS: readonly { slot: RegExp; before: RegExp }[] = [
  {
    slot: /\bname\b/,
    before:
      /\b(?:name is|name of|called|call me(?! (?:back|on|at|in|when|later|again|to|about|tomorrow|today)\b)|under(?: the name)?(?: of)?)\b (?<said>[^¤]{1,40})/,
  },
  { slot: /\baddress\b/, before: /\b(?:to|at|address is)\b (?<said>\d[^¤]{3,60})/ },
  { slot: /\b(query|search|topic|keywords?|term)\b/, before: /\b(?:for|about)\b (?<said>[^¤]{2,60})/ },
  {
    slot: /\b(message|note|text|reason|comment|question)\b/,
    before: /\b(?:that|saying|because|says)\b (?<said>[^¤]{3,200})/,
  },
  {
    slot: /\b(city|town|place|location|destination)\b/,
    before: /\b(?:in|to|for|near)\b (?<said>[^¤]{2,30})/,
  },
];
const LEAD_IN =
  /^(?:(?:it|that) is|this is|that would be|my \w+ is|i am|i would like|the|a|an|for|to|on|in|under|make it|let us say)\s+/;

/** A recogniser writes no capitals; a name gets them. */
const asWritten = (text: string, slot: Slot): string =>
  /\bname\b/.test(slot.label) ? text.replaceAll(/\b\p{Ll}/gu, (letter) => letter.toUpperCase()) : text;

/**
 * Reads free text where the argument's name says how people introduce it, or takes the whole answer when the
 * agent asked for it.
 */
export function takeText(sentence: Sentence, slot: Slot, asked: boolean): string | null {
  for (const { slot: fits, before } of MARKERS) {
    if (!fits.test(slot.label)) continue;
    const span = sentence.takeMatch(before, 'text');
    if (span) return asWritten(span.text, slot);
  }
  if (!asked) return null;
  const answer = sentence.rest.join(' ').replace(LEAD_IN, '');
  return answer === '' ? null : asWritten(answer, slot);
}
