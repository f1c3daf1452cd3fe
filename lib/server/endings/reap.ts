import 'server-only';
import { z } from 'zod';
import { TAKE_OVERDUE } from '@/lib/server/call-scripts';
import { endCall } from '@/lib/server/endings/end-call';
import { retryHangUp } from '@/lib/server/endings/hang-up-queue';
import { afterResponse } from '@/lib/server/platform/background';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';
import { audit } from '@/lib/server/records/audit';
import { readCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { CallId } from '@/lib/shared/ids';

/** Whoever takes an overdue call has this long to deal with it. */
const LEASE_MS = 15_000;

const Overdue = z.tuple([z.array(CallId), z.array(z.string())]);

export interface OverdueWork {
  /** Calls past their deadline. */
  calls: CallId[];
  /** Connections that are not known to be gone: see `hangUpEntry`. */
  hangUps: string[];
}

/** Takes at most `count` of each, for this process to deal with. Throws `store_unavailable`. */
export async function takeOverdue(count: number): Promise<OverdueWork> {
  const nowMs = Date.now();
  const keys = [storeKeys.deadlines, storeKeys.hangUps];
  const [calls, hangUps] = await runScript(TAKE_OVERDUE, keys, [nowMs, count, nowMs + LEASE_MS], Overdue);
  return { calls, hangUps };
}

async function endOverdue(callId: CallId): Promise<void> {
  const call = await readCall(callId);
  if (call && call.state !== 'ended') {
    await endCall(call, 'time_limit');
    audit({ event: 'call_reaped', callId });
  } else await fromStore(getRedis().zrem(storeKeys.deadlines, callId));
}

/** Deals with what was taken, all at once. What fails stays in its queue for the next taker. */
export async function reap({ calls, hangUps }: OverdueWork): Promise<void> {
  const tries = hangUps.map((entry) => retryHangUp(entry, LEASE_MS));
  const results = await Promise.allSettled([...calls.map(endOverdue), ...tries]);
  for (const result of results) {
    if (result.status === 'rejected') log().warn({ error: describeError(result.reason) }, 'reaping failed');
  }
}

/** Every call that opens or ends helps to clear a few forgotten ones away. */
export const reapAfterResponse = (): void => afterResponse('reap', async () => reap(await takeOverdue(3)));

/** Reaps until nothing is overdue or the time is up. Answers how many were dealt with. */
export async function reapAll(untilMs: number): Promise<{ calls: number; hangUps: number }> {
  const total = { calls: 0, hangUps: 0 };
  while (Date.now() < untilMs) {
    const work = await takeOverdue(20);
    if (work.calls.length + work.hangUps.length === 0) break;
    await reap(work);
    total.calls += work.calls.length;
    total.hangUps += work.hangUps.length;
  }
  return total;
}
