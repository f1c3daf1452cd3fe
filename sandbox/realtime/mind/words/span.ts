/** A run of words with a meaning: `end` is the index after its last word. */
export interface Span {
  start: number;
  end: number;
  text: string;
}

/** The first match of the pattern among the words, as word indexes. The pattern sees single spaces. */
export function findSpan(words: readonly string[], pattern: RegExp): Span | null {
  const match = pattern.exec(words.join(' '));
  if (!match) return null;
  const text = (match.groups?.said ?? match[0]).trim();
  const before = match.input.slice(0, match.index).split(' ').filter(Boolean).length;
  return { start: before, end: before + match[0].trim().split(' ').length, text };
}

/** A sentence whose words are used up as meanings are found in it. */
export class Sentence {
  readonly words: readonly string[];
  #taken: boolean[];

  constructor(words: readonly string[]) {
    this.words = words;
    this.#taken = words.map(() => false);
  }

  /** Words that no meaning has used, in place; used ones read as a mark that nothing matches. */
  get free(): string[] {
    return this.words.map((word, index) => (this.#taken[index] ? '¤' : word));
  }

  isTaken(index: number): boolean {
    return this.#taken[index] === true;
  }

  take(span: Span): void {
    this.#taken.fill(true, span.start, span.end);
  }

  /** Finds among the free words, and uses what it finds. */
  takeMatch(pattern: RegExp): Span | null {
    const span = findSpan(this.free, pattern);
    if (span) this.take(span);
    return span;
  }
}
