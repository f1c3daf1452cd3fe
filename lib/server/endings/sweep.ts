// Tested in sweep.test.
import 'server-only';
import { reap, takeOverdue } from '@/lib/server/endings/reap';
import { afterResponse } from '@/lib/server/platform/background';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { sendDue } from '@/lib/server/webhooks/deliver';

/** A process looks at most so often on the occasion of requests. */
const PAUSE_MS = 15_000;
/** So much is dealt with at once. */
const COUNT = 20;
/** A hang-up that fails is tried again after ten minutes at the latest. */
const BUSY_MS = 15 * 60_000;

let lookedAtMs = Number.NEGATIVE_INFINITY;
let foundAtMs = Number.NEGATIVE_INFINITY;

/** Returns whether this process had overdue work lately: some of it may be due again. */
export const wasBusyLately = (): boolean => Date.now() - foundAtMs < BUSY_MS;

async function endOverdue(): Promise<void> {
  if ((await fromStore(getRedis().zcount(storeKeys.deadlines, '-inf', lookedAtMs))) === 0) return;
  foundAtMs = Date.now();
  await reap(await takeOverdue(COUNT));
}

/**
 * Ends what is overdue, a few at a time, and sends webhooks again that are due. Costs one command while nothing is, and one
 * more where a webhook is set. Throws `store_unavailable`.
 */
export async function sweep(): Promise<void> {
  lookedAtMs = Date.now();
  await Promise.all([endOverdue(), sendDue()]);
}

/**
 * Ends overdue calls after the response of the current request, at most once in 15 s in this process. Page loads, tool
 * runs, opened and ended calls do this, because where no process outlives a request, nothing else may. Never throws.
 */
export function sweepNowAndThen(): void {
  const sinceMs = Date.now() - lookedAtMs;
  if (sinceMs >= 0 && sinceMs < PAUSE_MS) return;
  lookedAtMs = Date.now();
  afterResponse('sweep', sweep);
}
