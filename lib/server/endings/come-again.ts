// Tested in exact-deadlines.test.
import 'server-only';
import { HangUpEntry } from '@/lib/server/endings/hang-up-entry';
import { isHangUp } from '@/lib/server/endings/reap';
import { sweep } from '@/lib/server/endings/sweep';
import { DEADLINE_PATH, publishToOurselves } from '@/lib/server/platform/qstash';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';

/** Where more calls than this are due before a hang-up, their own messages come first, and look again. */
const LOOKED_AT = 50;
/** A message that came before its time by the clock of this server would find nothing due: see `cron-guards`. */
const MARGIN_MS = 5_000;

/** Returns the first of the queue, with the times at which each is due. */
async function readQueue(): Promise<{ member: string; dueMs: number }[]> {
  const flat = await fromStore(
    getRedis().zrange<unknown[]>(storeKeys.deadlines, 0, LOOKED_AT - 1, { withScores: true }),
  );
  return flat.flatMap((member, i) =>
    i % 2 === 0 ? [{ member: String(member), dueMs: Number(flat[i + 1]) }] : [],
  );
}

/**
 * Ends what is overdue, and where a hang-up is to be tried again, asks QStash to come back for it: on a site without other
 * visits and without a process that lives on, nobody else does. One command while nothing is due.
 * Throws `store_unavailable`, and what `publishToOurselves` throws.
 */
export async function sweepAndComeAgain(): Promise<void> {
  let queue = await readQueue();
  if (queue[0] && queue[0].dueMs <= Date.now()) {
    await sweep();
    queue = await readQueue();
  }
  const next = queue.find(({ member }) => isHangUp(member));
  if (!next) return;
  const [callId] = HangUpEntry.parse(next.member.split('/'));
  const id = `hang-up-${callId}-${next.dueMs}`;
  await publishToOurselves(DEADLINE_PATH, { callId }, { atMs: next.dueMs + MARGIN_MS, id });
}
