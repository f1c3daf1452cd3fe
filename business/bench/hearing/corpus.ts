import { heldOutOffTopic, heldOutSentences } from './held-out-sentences.ts';
import type { SaidCase } from './said-case.ts';
import { tuningOffTopic, tuningSentences } from './tuning-sentences.ts';

/** Where the recordings are. Not kept in git. */
export const corpusFolder = new URL('./corpus/', import.meta.url);

export type Spoken = { kind: 'request'; of: SaidCase; said: string } | { kind: 'off topic'; said: string };

const requests = (cases: readonly SaidCase[]): Spoken[] =>
  cases.map((of) => ({ kind: 'request', of, said: of.said }));
const offTopic = (sentences: readonly string[]): Spoken[] =>
  sentences.map((said) => ({ kind: 'off topic', said }));

/** All sentences, by the prefix of their recordings. */
export const corpusSets: Readonly<Record<string, readonly Spoken[]>> = {
  tuning: [...requests(tuningSentences), ...offTopic(tuningOffTopic)],
  'held-out': [...requests(heldOutSentences), ...offTopic(heldOutOffTopic)],
};

/** "What is free on Friday?" → "what-is-free-on-friday": an edited sentence gets recordings of its own. */
export const toSlug = (said: string): string =>
  said
    .toLowerCase()
    .replaceAll("'", '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .join('-');
