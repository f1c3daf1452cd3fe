import type { Values } from '../memory.ts';
import { takeCode } from '../words/codes.ts';
import { findSoonest, splitPart, takeDay } from '../words/days.ts';
import { asNumberWord, NUMBER, toNumber } from '../words/numbers.ts';
import { findSpan, Sentence } from '../words/span.ts';
import { asSaid } from '../words/split-words.ts';
import { takeTime } from '../words/times.ts';
import { type Choice, takeChoice } from './choices.ts';
import { takeText } from './free-text.ts';
import type { Slot } from './slots.ts';
import type { ToolProfile } from './tool-profile.ts';

/** How to read a session's arguments: the choices of each, and every named thing that a reference may mean. */
export interface Reader {
  choicesFor(slot: Slot): readonly Choice[];
  named: readonly Choice[];
}

export interface Extraction {
  values: Values;
  sentence: Sentence;
}

/**
 * Reads a tool's arguments out of a sentence. `asked`: the argument the agent just asked for, which a single
 * word may answer. Distinctive kinds go first and use up their words.
 */
export function extract(
  words: readonly string[],
  tool: ToolProfile,
  reader: Reader,
  asked: Slot | null,
): Extraction {
  const sentence = new Sentence(words);
  const values: Values = {};
  const put = (slot: Slot | undefined, value: unknown): void => {
    if (slot && value !== null && value !== undefined) {
      values[slot.name] = typeof value === 'string' ? asSaid(value) : value;
    }
  };
  const ofKind = (kind: Slot['kind']): Slot | undefined =>
    asked?.kind === kind ? asked : tool.slots.find((slot) => slot.kind === kind);

  for (const slot of tool.slots) {
    if (slot.kind === 'choice') put(slot, takeChoice(sentence, reader.choicesFor(slot))?.value);
    if (slot.kind === 'choices') put(slot, takeAll(sentence, reader.choicesFor(slot)));
  }
  const [daySlot, timeSlot, reference] = [ofKind('day'), ofKind('time'), ofKind('reference')];
  readMoment(sentence, daySlot, timeSlot, asked, put);
  if (reference) {
    const day = !daySlot && /\b(?:day|date|when)\b/i.test(reference.description);
    put(reference, takeReference(sentence, reader, { day, time: !timeSlot, asked }));
  }
  for (const slot of tool.slots) {
    if (slot.kind === 'number') put(slot, takeNumber(sentence, asked === slot));
    if (slot.kind === 'yes_no' && asked === slot) put(slot, readYesNo(words));
    // The answer to a question for a text is all of that text, even if it contains markers of other texts.
    if (slot.kind === 'text' && (asked?.kind !== 'text' || asked === slot)) {
      put(slot, takeText(sentence, slot, asked === slot));
    }
  }
  return { values, sentence };
}

function readMoment(
  sentence: Sentence,
  daySlot: Slot | undefined,
  timeSlot: Slot | undefined,
  asked: Slot | null,
  put: (slot: Slot | undefined, value: unknown) => void,
): void {
  const day =
    daySlot && (takeDay(sentence) ?? (/\bsoon/i.test(daySlot.description) ? findSoonest(sentence) : null));
  if (!timeSlot) {
    put(daySlot, day?.text);
    return;
  }
  const time = takeTime(sentence, asked?.kind === 'time' || (day !== null && day !== undefined));
  const { day: bareDay, part } = splitPart(day?.text ?? '');
  const timeTellsHalf = /\b(am|pm|morning|afternoon|evening|noon|midday|midnight)\b/.test(time?.text ?? '');
  put(daySlot, time ? bareDay || null : day?.text);
  put(timeSlot, time && part && !timeTellsHalf ? `${time.text} in the ${part}` : time?.text);
}

/** A thing by its code, or else by its kind, day and time, unless another argument takes them. */
function takeReference(
  sentence: Sentence,
  reader: Reader,
  may: { day: boolean; time: boolean; asked: Slot | null },
): string | null {
  const thing = takeChoice(sentence, reader.named);
  const day = may.day ? takeDay(sentence) : null;
  const time = may.time && day ? takeTime(sentence, false) : null;
  if (!day) {
    const code = takeCode(sentence);
    if (code) return code.text;
  }
  const parts = [thing?.value, day && `on ${day.text}`, time && `at ${time.text}`].filter(Boolean);
  if (parts.length > 0) return parts.join(' ').replace(/^(?:on|at) /, '');
  return may.asked?.kind === 'reference' ? readAnswer(sentence) : null;
}

/** The rest of an answer that nothing else could read. */
const readAnswer = (sentence: Sentence): string | null => {
  const rest = sentence.rest.filter((word) => !/^(it|is|the|my|a|an|for|on|of|one)$/.test(word));
  return rest.length > 0 && rest.length <= 4 ? rest.join(' ') : null;
};

function takeAll(sentence: Sentence, choices: readonly Choice[]): string[] | null {
  const found: string[] = [];
  for (let next = takeChoice(sentence, choices); next; next = takeChoice(sentence, choices)) {
    if (!found.includes(next.value)) found.push(next.value);
  }
  return found.length > 0 ? found : null;
}

const ONE_NUMBER = new RegExp(`(?<![\\w:])(?<said>${NUMBER}|a couple(?: of)?|a dozen)(?= |$)`);

function takeNumber(sentence: Sentence, asked: boolean): number | null {
  const found = findSpan(sentence.free, ONE_NUMBER);
  // "A small one" counts nothing.
  const span = found?.text === 'one' && !asked && found.end === sentence.words.length ? null : found;
  if (span) sentence.take(span, 'number');
  if (span?.text.startsWith('a couple')) return 2;
  if (span?.text === 'a dozen') return 12;
  if (span) return toNumber(span.text);
  const [only, more] = sentence.free;
  return asked && only !== undefined && more === undefined ? toNumber(asNumberWord(only)) : null;
}

function readYesNo(words: readonly string[]): boolean | null {
  if (words.some((word) => /^(yes|yeah|yep|sure|true|right|ok|okay)$/.test(word))) return true;
  return words.some((word) => /^(no|nope|not|false)$/.test(word)) ? false : null;
}
