// Tested in sweep.test.
import 'server-only';
import { reap, takeOverdue } from '@/lib/server/endings/reap';
import { afterResponse, runUnattended } from '@/lib/server/platform/background';
import { processState } from '@/lib/server/platform/process-state';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { sendDue } from '@/lib/server/webhooks/deliver';

/** Requests make a process look at most this often. */
const PAUSE_MS = 15_000;
/** A look deals with this many entries at a time, until nothing is overdue or the time is up. */
const COUNT = 20;
const LONGEST_MS = 10_000;
/** A hang-up that fails is tried again after ten minutes at the latest. */
const BUSY_MS = 15 * 60_000;

/** Six turns of the timer, which may fire a little early: ten looks in an idle hour. */
const IDLE_MS = 6 * 60_000 - 5_000;
/** The process that knows the call, if it still lives, ends it first. */
const LATE_MS = 5_000;
/** Webhooks of a process that died are looked for this much less often than its calls, because they cost nothing. */
const IDLE_LOOKS_PER_WEBHOOK_LOOK = 3;

const seen = processState('sweep', () => ({
  lookedAtMs: Number.NEGATIVE_INFINITY,
  foundAtMs: Number.NEGATIVE_INFINITY,
  /** When the first entry of the queue is due, as far as this process knows: a call of any process, or a hang-up. */
  firstDueMs: Number.POSITIVE_INFINITY,
  /** A request came too soon after the last look. */
  isLookOwed: false,
  idleLooks: 0,
}));

/** Returns whether this process found overdue work lately: some of it may be due again. */
export const wasBusyLately = (): boolean => Date.now() - seen.foundAtMs < BUSY_MS;

/**
 * Returns whether a process without calls of its own should look: requests came since its last look, that was a while ago,
 * or something is due by now.
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
    // So that the next turn asks again.
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
 * Ends what is overdue, a few at a time, and resends webhooks that are due. Sends one command while nothing is due, and one
 * more where a webhook is set. Trouble with webhooks is logged and does not keep a call from ending. Throws `store_unavailable`.
 */
export async function sweep(): Promise<void> {
  await Promise.all([endOverdue(), runUnattended('webhooks', sendDue)]);
}

/** The same for a process without calls of its own, with fewer commands where a webhook is set. Throws `store_unavailable`. */
export async function sweepIdly(): Promise<void> {
  seen.idleLooks += 1;
  await (seen.idleLooks % IDLE_LOOKS_PER_WEBHOOK_LOOK === 0 ? sweep() : endOverdue());
}

/**
 * Ends overdue calls after the current response, at most once in 15 s in this process. Page loads, tool runs, and opening
 * or ending a call do this, because on serverless hosts nothing else may. Elsewhere, a request that comes too soon makes the
 * next turn of the timer look, because this process may be the only one left. Never throws.
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
