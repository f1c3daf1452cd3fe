// Tested in health.test.
import 'server-only';
import { utcDay } from '@/lib/server/money/utc-day';
import { atMostOnceIn } from '@/lib/server/platform/at-most-once';
import { afterResponse } from '@/lib/server/platform/background';
import { getEnv } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { problemSentence } from '@/lib/server/platform/setup/problem-sentences';
import { readStoreError } from '@/lib/server/store/check-store';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { tellOnce } from '@/lib/server/webhooks/tell';
import type { HealthProblem } from '@/lib/shared/health';

const KEEP_SECONDS = 30 * 24 * 3600;
const REMEMBER_MS = 10_000;
/** A scheduler may miss two runs. */
const MISSED_TIMES = 3;

/** Stores that a scheduler has just had everything overdue ended. Throws `store_unavailable`. */
export const noteSweep = (): Promise<unknown> =>
  fromStore(getRedis().set(storeKeys.lastSweep, Date.now(), { ex: KEEP_SECONDS }));

/** Returns when a scheduler last came. `null`: never, or not for a month. Throws `store_unavailable`. */
async function lastSweepMs(): Promise<number | null> {
  const atMs = Number(await fromStore(getRedis().get(storeKeys.lastSweep)));
  return atMs > 0 ? atMs : null;
}

/** Returns whether the scheduler that ends calls is late; `false` where something else ends them. */
function isLate(sweptAtMs: number | null): boolean {
  const { host, cronIntervalSeconds } = getEnv();
  if (host.endsCallsBy !== 'cron' || cronIntervalSeconds === null) return false;
  return sweptAtMs === null || Date.now() - sweptAtMs > MISSED_TIMES * cronIntervalSeconds * 1000;
}

/** Returns and logs the problem if the scheduler is late, and an empty list otherwise. */
export function findLateSweep(sweptAtMs: number | null): HealthProblem[] {
  if (!isLate(sweptAtMs)) return [];
  log().error({ problem: 'sweep_late' }, problemSentence('sweep_late'));
  const day = utcDay(Date.now());
  const lastSweepAt = sweptAtMs === null ? null : new Date(sweptAtMs).toISOString();
  tellOnce({ type: 'sweep.late', about: day, data: { day, lastSweepAt } });
  return ['sweep_late'];
}

/**
 * Returns when a scheduler last came, and what is wrong with that. If the database fails, that is the problem, and nothing
 * is known about the scheduler.
 */
export async function lookAtSweeps(): Promise<{ sweptAtMs: number | null; problems: HealthProblem[] }> {
  try {
    const sweptAtMs = await lastSweepMs();
    return { sweptAtMs, problems: findLateSweep(sweptAtMs) };
  } catch (error) {
    return { sweptAtMs: null, problems: [readStoreError(error)] };
  }
}

/** Returns only the problems, with at most one request in ten seconds. Throws `store_unavailable`. */
export const recentLateSweep = atMostOnceIn(REMEMBER_MS, async () => findLateSweep(await lastSweepMs()));

/**
 * Checks the scheduler whenever a call connects, for sites without a monitor. Sends nothing where something else ends
 * calls.
 */
export function watchScheduler(): void {
  if (getEnv().host.endsCallsBy === 'cron') afterResponse('look after the scheduler', recentLateSweep);
}
