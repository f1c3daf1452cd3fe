import 'server-only';

/** The keys that one set of buckets remembers; beyond that the ones that were quiet longest are forgotten. */
const MOST_KEYS = 5_000;

interface Bucket {
  tokens: number;
  atMs: number;
}

/**
 * Returns token buckets, one for each key, in the memory of this process. `take` takes a token out of the key's bucket,
 * which holds `perMinute` tokens and fills up in a minute. It returns 0, or without a token the seconds until the next.
 */
export function createTokenBuckets() {
  const buckets = new Map<string, Bucket>();

  return {
    take(key: string, perMinute: number, nowMs: number): number {
      const { tokens, atMs } = buckets.get(key) ?? { tokens: perMinute, atMs: nowMs };
      const perMs = perMinute / 60_000;
      const filled = Math.min(perMinute, tokens + Math.max(0, nowMs - atMs) * perMs);
      // Deleted first, so that the map stays in the order of the last use.
      buckets.delete(key);
      buckets.set(key, { tokens: filled < 1 ? filled : filled - 1, atMs: nowMs });
      if (buckets.size > MOST_KEYS) buckets.delete(buckets.keys().next().value ?? '');
      return filled < 1 ? (1 - filled) / perMs / 1000 : 0;
    },
  };
}
