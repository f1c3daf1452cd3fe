const MOST_REMEMBERED = 5_000;

/** Caches a function of a word, for the first few thousand words. */
export function remember<Result>(compute: (word: string) => Result): (word: string) => Result {
  const known = new Map<string, Result>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const result = compute(word);
    if (known.size < MOST_REMEMBERED) known.set(word, result);
    return result;
  };
}
