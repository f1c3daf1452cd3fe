// Tested in quiet-site.test and end-call.test.
import 'server-only';
import { HangUpEntry } from '@/lib/server/endings/hang-up-entry';
import { publishHangUp } from '@/lib/server/endings/hang-up-message';
import { isHangUp, reap, takeOverdue } from '@/lib/server/endings/reap';
import { sweep } from '@/lib/server/endings/sweep';
import { afterResponse } from '@/lib/server/platform/background';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';

/** If more calls than this are due before a hang-up, their own messages arrive first and look again. */
const LOOKED_AT = 50;

interface Queued {
  member: string;
  dueMs: number;
}

/** Returns the first entries of the queue, with the time at which each is due. */
async function readQueue(): Promise<Queued[]> {
  const flat = await fromStore(
    getRedis().zrange<unknown[]>(storeKeys.deadlines, 0, LOOKED_AT - 1, { withScores: true }),
  );
  return flat.flatMap((member, i) =>
    i % 2 === 0 ? [{ member: String(member), dueMs: Number(flat[i + 1]) }] : [],
  );
}

/** Asks QStash to come back for the first hang-up in the queue, if there is one. */
async function comeAgain(queue: readonly Queued[]): Promise<void> {
  const next = queue.find(({ member }) => isHangUp(member));
  if (!next) return;
  const [callId] = HangUpEntry.parse(next.member.split('/'));
  await publishHangUp(callId, next.dueMs);
}

/**
 * Ends what is overdue, and asks QStash to come back for a hang-up that has to be tried again. Sends one command while
 * nothing is due. Throws `store_unavailable`, and what `publishHangUp` throws.
 */
export async function sweepAndComeAgain(): Promise<void> {
  let queue = await readQueue();
  if (queue[0] && queue[0].dueMs <= Date.now()) {
    await sweep();
    queue = await readQueue();
  }
  await comeAgain(queue);
}

/** Hangs up after the response what was just queued for it. If that fails, QStash comes back. */
export const reapAfterResponse = (): void =>
  afterResponse('reap', async () => {
    await reap(await takeOverdue(3));
    await comeAgain(await readQueue());
  });
