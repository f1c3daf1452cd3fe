/**
 * Edit distance (Levenshtein) from `a` to each prefix of `b`, by the length of the prefix: the number of letters to
 * change, add or drop. With `swaps`, exchanging two neighbours counts once (Damerau's optimal string alignment).
 */
export function prefixDistances(a: string, b: string, { swaps = false } = {}): number[] {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = swaps && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(swapped ? Math.min(cost, (before[j - 2] ?? 0) + 1) : cost);
    }
    before = row;
    row = next;
  }
  return row;
}
