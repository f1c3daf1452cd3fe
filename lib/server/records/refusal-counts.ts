import 'server-only';
import { utcDay } from '@/lib/server/money/utc-day';
import type { AppError } from '@/lib/server/platform/app-error';
import { afterResponse, runUnattended } from '@/lib/server/platform/background';
import { getEnv } from '@/lib/server/platform/env';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { KEEP_SPEND_SECONDS, storeKeys } from '@/lib/server/store/store-keys';

/** However many refusals there are, a process writes so often at most. */
const WRITE_EVERY_MS = 10_000;

/** Refusals that are not written yet, by day and cause. Causes are closed codes, so there are never many. */
let pending = new Map<string, number>();
let timer: NodeJS.Timeout | undefined;
let writtenAtMs = Number.NEGATIVE_INFINITY;

const add = (field: string, count: number) => pending.set(field, (pending.get(field) ?? 0) + count);

async function write(field: string, count: number): Promise<void> {
  const key = storeKeys.refusals(field.slice(0, 10));
  const total = await fromStore(getRedis().hincrby(key, field, count));
  if (total === count) await fromStore(getRedis().expire(key, KEEP_SPEND_SECONDS));
}

/** Writes what was counted: a command for each cause. What cannot be written is tried again with the next. Never throws. */
export async function writeRefusals(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const counted = [...pending];
  pending = new Map();
  await Promise.all(
    counted.map(([field, count]) =>
      runUnattended('count refusals', () =>
        write(field, count).catch((error: unknown) => {
          add(field, count);
          throw error;
        }),
      ),
    ),
  );
}

/** After the response of the first refusal in ten seconds: in a process that is frozen then, no timer would write. */
function writeNowAndThen(): void {
  if (performance.now() - writtenAtMs < WRITE_EVERY_MS) return;
  writtenAtMs = performance.now();
  afterResponse('count refusals', writeRefusals);
}

/**
 * Counts a refused call by its day and its closed cause. Refusals are cheap, so they are added up here and written within ten
 * seconds, or with the next refusal after these where no process outlives a request: one that is stopped before loses the
 * rest. They are figures for the owner, not books.
 */
export function countRefusal({ code, providerCause }: Pick<AppError, 'code' | 'providerCause'>): void {
  add([utcDay(Date.now()), code, ...(providerCause ? [providerCause] : [])].join(' '), 1);
  if (getEnv().site.serverless) writeNowAndThen();
  else timer ??= setTimeout(() => void writeRefusals(), WRITE_EVERY_MS).unref();
}
