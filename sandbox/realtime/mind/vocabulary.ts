import { requestPhrases } from './hearing/sentences.ts';
import type { Memory } from './memory.ts';
import type { Phrasebook } from './phrasebook.ts';
import { EVERYDAY_PIECES, EVERYDAY_SENTENCES } from './talk/everyday.ts';
import { identityOf } from './talk/opening.ts';
import { OPENING_HOURS_SENTENCES } from './talk/opening-hours.ts';
import type { Slot } from './tools/slots.ts';
import type { Toolbox } from './tools/toolbox.ts';
import { PARTS_OF_DAY, SPOKEN_DAYS, WEEKDAYS } from './words/days.ts';
import { SPOKEN_TIMES } from './words/times.ts';

/**
 * What people are likely to say next: answers to the open question first, then what asks for the tools, then the words
 * of any call. Everything comes from the session's tools and the phrasebook, nothing from particular sentences.
 */
export function vocabularyOf(
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
  const { name, business } = identityOf(instructions);
  const all = [
    ...(asked ? valuesOf(asked.kind, asked.choices).map(asWritten) : []),
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
    ...slots.flatMap(({ kind, choices }) => valuesOf(kind, choices)),
    ...slots.flatMap(({ choices }) => choices.flatMap((choice) => phrases.synonyms[choice] ?? [])),
    ...(slots.some(({ kind }) => kind === 'day') ? PARTS_OF_DAY : []),
  ];
  const requests = [
    ...tools.flatMap((tool) => piecesOf(requestPhrases(tool, phrases), tool.slots)),
    ...tools.filter(({ deed }) => deed !== 'read').map(({ verb }) => `${verb} it`),
    ...(openingHours === null ? [] : piecesOf(OPENING_HOURS_SENTENCES, [])),
  ];
  const hints = [...requests, ...values, ...EVERYDAY_SENTENCES, ...EVERYDAY_PIECES].map(asWritten);
  const unique = [...new Set(hints)];
  kept.set(tools, unique);
  return unique;
}

/** "book a {service} on {day}" → "book a tune-up", …, "on Monday", …: what precedes a value, with each value. */
function piecesOf(sentences: readonly string[], slots: readonly Slot[]): string[] {
  return sentences.flatMap(withOptionalWords).flatMap((sentence) =>
    (sentence.match(/[^{]*\{\w+\}|[^{]+$/g) ?? []).flatMap((piece) => {
      const [, before = '', name] = /^([^{]*)\{(\w+)\}$/.exec(piece) ?? [];
      if (name === undefined) return [piece.trim()];
      const slot = slots.find((one) => one.name === name);
      return valuesOf(slot?.kind ?? name, slot?.choices ?? []).map((value) => `${before}${value}`.trim());
    }),
  );
}

/** "a {service} (please)" with the optional word and without. */
const withOptionalWords = (sentence: string): string[] =>
  sentence.includes('(')
    ? [sentence.replaceAll(/[()]/g, ''), sentence.replaceAll(/ ?\([^)]*\)/g, '')]
    : [sentence];

function valuesOf(kind: string, choices: readonly string[]): readonly string[] {
  if (kind === 'day') return [...WEEKDAYS, ...SPOKEN_DAYS];
  return kind === 'time' ? SPOKEN_TIMES : choices;
}

/** As a recogniser writes it. */
const asWritten = (hint: string): string => hint.replaceAll('_', ' ').replaceAll(/\bi\b/g, 'I');
