import { requestPhrases } from './hearing/sentences.ts';
import type { Memory } from './memory.ts';
import type { Phrasebook } from './phrasebook.ts';
import { EVERYDAY_PIECES, EVERYDAY_SENTENCES } from './talk/everyday.ts';
import { readIdentity } from './talk/opening.ts';
import { OPENING_HOURS_SENTENCES } from './talk/opening-hours.ts';
import type { Slot } from './tools/slots.ts';
import type { Toolbox } from './tools/toolbox.ts';
import { DATES, PARTS_OF_DAY, SPOKEN_DAYS, WEEKDAYS } from './words/days.ts';
import { SPOKEN_TIMES } from './words/times.ts';

/**
 * What users are likely to say next: answers to the open question, then requests for the tools, then the
 * words of any call. Everything comes from the session's tools and the phrasebook, nothing from particular
 * sentences.
 */
export function collectVocabulary(
  toolbox: Toolbox,
  phrases: Phrasebook,
  memory: Memory,
  instructions: string,
): string[] {
  const { pending } = memory;
  const asked =
    pending?.kind === 'asking'
      ? toolbox.find(pending.tool)?.slots.find(({ name }) => name === pending.slot)
      : undefined;
  const { name, business } = readIdentity(instructions);
  const all = [
    ...(asked ? listValues(asked.kind, asked.choices, phrases).map(asWritten) : []),
    ...memory.known,
    ...sessionVocabulary(toolbox, phrases),
    name ?? '',
    business ?? '',
  ];
  return [...new Set(all.filter((hint) => hint !== ''))];
}

const kept = new WeakMap<Toolbox['tools'], string[]>();

/** The part that stays the same during a call. */
function sessionVocabulary({ tools, openingHours }: Toolbox, phrases: Phrasebook): string[] {
  const before = kept.get(tools);
  if (before) return before;
  const slots = tools.flatMap((tool) => tool.slots);
  const values = [
    ...slots.flatMap(({ kind, choices }) => listValues(kind, choices, phrases)),
    ...(slots.some(({ kind }) => kind === 'day') ? [...PARTS_OF_DAY, ...DATES] : []),
  ];
  const requests = [
    ...tools.flatMap((tool) => cutPieces(requestPhrases(tool, phrases), tool.slots, phrases)),
    ...tools.filter(({ deed }) => deed !== 'read').map(({ verb }) => `${verb} it`),
    ...(openingHours === null ? [] : cutPieces(OPENING_HOURS_SENTENCES, [], phrases)),
  ];
  const hints = [...requests, ...values, ...EVERYDAY_SENTENCES, ...EVERYDAY_PIECES].map(asWritten);
  const unique = [...new Set(hints)];
  kept.set(tools, unique);
  return unique;
}

/**
 * "book a {service} on {day}" → "book a tune-up", …, "on Monday", …: what precedes a value, combined with
 * each value.
 */
function cutPieces(sentences: readonly string[], slots: readonly Slot[], phrases: Phrasebook): string[] {
  return sentences.flatMap(ways).flatMap((sentence) =>
    (sentence.match(/[^{]*\{\w+\}|[^{]+$/g) ?? []).flatMap((piece) => {
      const [, before = '', name] = /^([^{]*)\{(\w+)\}$/.exec(piece) ?? [];
      if (name === undefined) return [piece.trim()];
      const slot = slots.find((one) => one.name === name);
      return listValues(slot?.kind ?? name, slot?.choices ?? [], phrases).map((value) =>
        `${before}${value}`.trim(),
      );
    }),
  );
}

/** Every variant of "can|could you (please)". */
function ways(sentence: string): string[] {
  return sentence.split(' ').reduce<string[]>(
    (begun, piece) => {
      const words = piece.replaceAll(/[()]/g, '').split('|');
      const choices = piece.startsWith('(') ? [...words, ''] : words;
      return begun.flatMap((text) => choices.map((word) => `${text} ${word}`.trim())).slice(0, MOST_WAYS);
    },
    [''],
  );
}

const MOST_WAYS = 200;

function listValues(kind: string, choices: readonly string[], phrases: Phrasebook): readonly string[] {
  if (kind === 'day') return [...WEEKDAYS, ...SPOKEN_DAYS];
  if (kind === 'time') return SPOKEN_TIMES;
  return [...choices, ...choices.flatMap((choice) => phrases.synonyms[choice] ?? [])];
}

/** As a recogniser writes it. */
const asWritten = (hint: string): string => hint.replaceAll('_', ' ').replaceAll(/\bi\b/g, 'I');
