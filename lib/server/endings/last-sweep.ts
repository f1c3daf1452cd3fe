// Tested in health.test.
import 'server-only';
import { getEnv } from '@/lib/server/platform/env';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';

const KEEP_SECONDS = 30 * 24 * 3600;
/** A scheduler may miss two of its times. */
const MISSED_TIMES = 3;

/** Remembers that a scheduler has just had everything overdue ended. Throws `store_unavailable`. */
export const noteSweep = (): Promise<unknown> =>
  fromStore(getRedis().set(storeKeys.lastSweep, Date.now(), { ex: KEEP_SECONDS }));

/** Returns when a scheduler last came. `null`: never, or not for a month. Throws `store_unavailable`. */
export async function lastSweepMs(): Promise<number | null> {
  const atMs = Number(await fromStore(getRedis().get(storeKeys.lastSweep)));
  return atMs > 0 ? atMs : null;
}

/** Returns whether the scheduler on which the end of calls depends is late. Where something else ends calls: false. */
export function isSweepLate(sweptAtMs: number | null, nowMs = Date.now()): boolean {
  const { host, cronIntervalSeconds } = getEnv();
  if (host.endsCallsBy !== 'cron' || cronIntervalSeconds === null) return false;
  return sweptAtMs === null || nowMs - sweptAtMs > MISSED_TIMES * cronIntervalSeconds * 1000;
}
