import 'server-only';

/** The keys that one set of buckets remembers; beyond that the ones that were quiet longest are forgotten. */
const MOST_KEYS = 5_000;

interface Bucket {
  tokens: number;
  atMs: number;
}

/**
 * Returns token buckets, one for each key, in the memory of this process. `take` takes a token out of the key's bucket,
 * which holds `most` tokens and fills up in `fillMs`. It returns 0, or without a token the seconds until the next.
 */
export function createTokenBuckets(fillMs = 60_000) {
  const buckets = new Map<string, Bucket>();

  return {
    take(key: string, most: number, nowMs: number): number {
      const { tokens, atMs } = buckets.get(key) ?? { tokens: most, atMs: nowMs };
      const perMs = most / fillMs;
      const filled = Math.min(most, tokens + Math.max(0, nowMs - atMs) * perMs);
      // Deleted first, so that the map stays in the order of the last use.
      buckets.delete(key);
      buckets.set(key, { tokens: filled < 1 ? filled : filled - 1, atMs: nowMs });
      if (buckets.size > MOST_KEYS) buckets.delete(buckets.keys().next().value ?? '');
      return filled < 1 ? (1 - filled) / perMs / 1000 : 0;
    },
  };
}
