/** A piece of a word as the model knows it, and the logarithm of how often it occurs; some signs have none. */
export type Piece = readonly [text: string, score: number | null];

/** Marks the beginning of a word. */
const WORD = '\u2581';
/** The first pieces are marks, not text. */
const RESERVED = 6;
const UNKNOWN = 0;

/**
 * Returns a function that splits a sentence into the numbers of its most probable pieces, as SentencePiece does
 * (https://arxiv.org/abs/1808.06226).
 */
export function createSplitter(vocabulary: readonly Piece[]): (sentence: string) => number[] {
  const known = new Map(
    vocabulary.map(([text, score], id) => [text, { id, score: score ?? 0 }] as const).slice(RESERVED),
  );
  const longest = Math.max(...[...known.keys()].map((text) => text.length));
  return (sentence) => {
    const text = WORD + sentence.normalize('NFKC').trim().replaceAll(/\s+/g, WORD);
    /** For each place: the score of the best way to it, and its last piece. */
    const best = [{ score: 0, from: 0, id: UNKNOWN }];
    for (let end = 1; end <= text.length; end++) {
      const before = best[end - 1]?.score ?? 0;
      let way = { score: before + UNKNOWN_SCORE, from: end - 1, id: UNKNOWN };
      for (let from = Math.max(0, end - longest); from < end; from++) {
        const piece = known.get(text.slice(from, end));
        const score = (best[from]?.score ?? 0) + (piece?.score ?? Number.NEGATIVE_INFINITY);
        if (piece && score > way.score) way = { score, from, id: piece.id };
      }
      best.push(way);
    }
    const ids: number[] = [];
    for (let end = text.length; end > 0; end = best[end]?.from ?? 0) {
      const id = best[end]?.id ?? UNKNOWN;
      if (id !== UNKNOWN || ids.at(-1) !== UNKNOWN) ids.push(id);
    }
    return ids.reverse();
  };
}

/** Worse than any known piece. */
const UNKNOWN_SCORE = -100;
