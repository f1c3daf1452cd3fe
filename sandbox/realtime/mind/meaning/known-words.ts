import { isCommon } from '../words/common-words.ts';
import { DATES, PARTS_OF_DAY, SPOKEN_DAYS } from '../words/days.ts';
import { NUMBER_WORDS } from '../words/numbers.ts';
import { splitWords } from '../words/split-words.ts';
import { stem } from '../words/stem.ts';

/** Days, times, numbers and whoever it may be: every business has them, and so does everybody else. */
const ANYWHERE = new Set(
  [
    ...SPOKEN_DAYS,
    ...PARTS_OF_DAY,
    ...DATES,
    ...NUMBER_WORDS,
    'tonight weekend month oclock half past quarter noon midday am pm',
    'somebody someone anybody anyone nobody everybody everyone somewhere anywhere',
    'after before because while until since during through between under around without',
    'other another every each both own same such else ever never always already soon later',
  ]
    .join(' ')
    .toLowerCase()
    .split(' '),
);

/** The stems of the words that say what a sentence is about. */
const topicsOf = (said: string): string[] =>
  splitWords(said)
    .filter((word) => !isCommon(word) && !ANYWHERE.has(word) && !/\d/.test(word))
    .map(stem);

/** What a sentence has in common with a business. */
export interface Acquaintance {
  /** Words that the label knows. */
  shared: number;
  /** Words that no label knows. */
  foreign: number;
  /** Words that any label knows. */
  known: number;
}

/** The words of each label: what its examples and its description speak of. */
export class KnownWords {
  readonly #ofLabel = new Map<string, Set<string>>();
  readonly #all = new Set<string>();

  constructor(texts: readonly { label: string; said: string }[]) {
    for (const { label, said } of texts) {
      const own = this.#ofLabel.get(label) ?? new Set();
      this.#ofLabel.set(label, own);
      for (const topic of topicsOf(said)) {
        own.add(topic);
        this.#all.add(topic);
      }
    }
  }

  /** Counts the words of a sentence that a label, any label, and no label knows. */
  compare(label: string, said: string): Acquaintance {
    const topics = topicsOf(said);
    const own = this.#ofLabel.get(label);
    const known = topics.filter((topic) => this.#all.has(topic)).length;
    return {
      shared: topics.filter((topic) => own?.has(topic)).length,
      foreign: topics.length - known,
      known,
    };
  }
}
