// Tested in sweep.test.
import 'server-only';
import { reap, takeOverdue } from '@/lib/server/endings/reap';
import { afterResponse, runUnattended } from '@/lib/server/platform/background';
import { processState } from '@/lib/server/platform/process-state';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { sendDue } from '@/lib/server/webhooks/deliver';

/** A process looks at most so often on the occasion of requests. */
const PAUSE_MS = 15_000;
/** So much is dealt with at once, and again until nothing is overdue or this time is up. */
const COUNT = 20;
const LONGEST_MS = 10_000;
/** A hang-up that fails is tried again after ten minutes at the latest. */
const BUSY_MS = 15 * 60_000;

/** Six turns of the timer, which may fire a little early: ten looks in an hour in which nothing happens. */
const IDLE_MS = 6 * 60_000 - 5_000;
/** The timer of the process that knows a call comes first, if that process still lives. */
const LATE_MS = 5_000;
/** Webhooks of a process that died are looked for this much less often than its calls: they cost nobody money. */
const IDLE_LOOKS_PER_WEBHOOK_LOOK = 3;

const seen = processState('sweep', () => ({
  lookedAtMs: Number.NEGATIVE_INFINITY,
  foundAtMs: Number.NEGATIVE_INFINITY,
  /** When the first thing in the queue is due, as far as this process has seen: a call of any process, or a hang-up. */
  firstDueMs: Number.POSITIVE_INFINITY,
  /** A request came too soon after the last look. */
  isLookOwed: false,
  idleLooks: 0,
}));

/** Returns whether this process had overdue work lately: some of it may be due again. */
export const wasBusyLately = (): boolean => Date.now() - seen.foundAtMs < BUSY_MS;

/**
 * Returns whether a process that knows of no call should look: there were requests since it did, it has not for a while, or it
 * has seen something that is due by now.
 */
export function isTimeToLook(): boolean {
  const sinceMs = Date.now() - seen.lookedAtMs;
  return seen.isLookOwed || sinceMs < 0 || sinceMs >= IDLE_MS || Date.now() >= seen.firstDueMs + LATE_MS;
}

/** Returns the time of the first entry of the queue. */
async function readFirstDueMs(): Promise<number> {
  const [, dueMs] = await fromStore(
    getRedis().zrange<[string, number] | []>(storeKeys.deadlines, 0, 0, { withScores: true }),
  );
  return dueMs === undefined ? Number.POSITIVE_INFINITY : Number(dueMs);
}

async function endOverdue(): Promise<void> {
  seen.lookedAtMs = Date.now();
  seen.isLookOwed = false;
  seen.firstDueMs = Number.POSITIVE_INFINITY;
  seen.firstDueMs = await readFirstDueMs().catch((error: unknown) => {
    // The next turn asks again.
    seen.firstDueMs = seen.lookedAtMs;
    throw error;
  });
  if (seen.firstDueMs > seen.lookedAtMs) return;
  seen.foundAtMs = Date.now();
  let members: string[];
  do {
    members = await takeOverdue(COUNT);
    await reap(members);
  } while (members.length === COUNT && Date.now() - seen.foundAtMs < LONGEST_MS);
}

/**
 * Ends what is overdue, a few at once, and sends webhooks again that are due. Costs one command while nothing is, and one
 * more where a webhook is set. Trouble with webhooks is logged, and keeps no call from its end. Throws `store_unavailable`.
 */
export async function sweep(): Promise<void> {
  await Promise.all([endOverdue(), runUnattended('webhooks', sendDue)]);
}

/** The same for a process that knows of no call, at less cost where a webhook is set. Throws `store_unavailable`. */
export async function sweepIdly(): Promise<void> {
  seen.idleLooks += 1;
  await (seen.idleLooks % IDLE_LOOKS_PER_WEBHOOK_LOOK === 0 ? sweep() : endOverdue());
}

/**
 * Ends overdue calls after the response of the current request, at most once in 15 s in this process. Page loads, tool
 * runs, opened and ended calls do this, because where no process outlives a request, nothing else may. Where one does, what
 * came too soon is made up for at its next turn: its process may be the only one left. Never throws.
 */
export function sweepNowAndThen(): void {
  const sinceMs = Date.now() - seen.lookedAtMs;
  if (sinceMs >= 0 && sinceMs < PAUSE_MS) {
    seen.isLookOwed = true;
    return;
  }
  seen.lookedAtMs = Date.now();
  afterResponse('sweep', sweep);
}
