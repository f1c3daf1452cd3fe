/** A sequence of words with one meaning; `end` is the index after its last word. */
export interface Span {
  start: number;
  end: number;
  text: string;
}

/** The first match of the pattern among the words, as word indexes. Words are joined by single spaces. */
export function findSpan(words: readonly string[], pattern: RegExp): Span | null {
  const match = pattern.exec(words.join(' '));
  if (!match) return null;
  const text = (match.groups?.said ?? match[0]).trim();
  const before = match.input.slice(0, match.index).split(' ').filter(Boolean).length;
  return { start: before, end: before + match[0].trim().split(' ').length, text };
}

/** What kind of meaning used up a word. */
export type Meaning = 'choice' | 'day' | 'time' | 'code' | 'number' | 'text';

const MARK = '¤';

/** Whether a word of `free` was used up, by any meaning or by a given one. */
export const isUsed = (word: string, meaning = ''): boolean => word.startsWith(MARK + meaning);

/** A sentence whose words are used up as meanings are found in it. */
export class Sentence {
  readonly words: readonly string[];
  #taken: (Meaning | null)[];

  constructor(words: readonly string[]) {
    this.words = words;
    this.#taken = words.map(() => null);
  }

  /** The unused words in place; used ones are a mark that no pattern matches. */
  get free(): string[] {
    return this.words.map((word, index) => {
      const meaning = this.#taken[index];
      return meaning ? MARK + meaning : word;
    });
  }

  /** The unused words. */
  get rest(): string[] {
    return this.words.filter((_, index) => !this.#taken[index]);
  }

  take(span: Span, meaning: Meaning): void {
    this.#taken.fill(meaning, span.start, span.end);
  }

  /** Finds a match among the free words, and uses it up. */
  takeMatch(pattern: RegExp, meaning: Meaning): Span | null {
    const span = findSpan(this.free, pattern);
    if (span) this.take(span, meaning);
    return span;
  }
}
