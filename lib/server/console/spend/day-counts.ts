// Tested in spend.test.
import 'server-only';
import { utcDay } from '@/lib/server/money/utc-day';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';

const DAY_MS = 24 * 3600 * 1000;

/** Returns the last days until today, the oldest first. */
export const listDays = (count: number, nowMs: number): string[] =>
  Array.from({ length: count }, (_, i) => utcDay(nowMs - (count - 1 - i) * DAY_MS));

/**
 * Returns what is counted on these days, as pairs of a field (which begins with its day) and its value. `keyOf` returns the key
 * of a day; many days share one. One command for each key: six for 400 days. Throws `store_unavailable`.
 */
export async function readDayCounts(
  days: readonly string[],
  keyOf: (day: string) => string,
): Promise<[field: string, value: string][]> {
  const redis = getRedis();
  const wanted = new Set(days);
  const keys = [...new Set(days.map(keyOf))];
  const hashes = await fromStore(Promise.all(keys.map((key) => redis.hgetall(key))));
  return hashes
    .flatMap((hash) => Object.entries(hash ?? {}))
    .filter(([field]) => wanted.has(field.slice(0, 10)))
    .map(([field, value]) => [field, String(value)]);
}
