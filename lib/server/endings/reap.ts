// The queue of hang-ups is tested in end-call.test and calls/relay-call.test.
import 'server-only';
import { z } from 'zod';
import { endCall } from '@/lib/server/endings/end-call';
import { hangUp } from '@/lib/server/openai';
import { afterResponse, runUnattended } from '@/lib/server/platform/background';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';
import { audit } from '@/lib/server/records/audit';
import { readCall, type StoredCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { defineScript, fromStore, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { CallId, RtcCallId } from '@/lib/shared/ids';

/** The process that takes an overdue call has this long to deal with it. */
const LEASE_MS = 15_000;
/** The provider ends every connection after 60 minutes, so after two hours there is nothing left to hang up. */
const GIVE_UP_MS = 2 * 3600 * 1000;
const LONGEST_WAIT_MS = 600_000;

/** A connection in the queue of hang-ups, with its call. `SETTLE` and `CONNECT` write the same form. */
export const hangUpEntry = (callId: CallId, rtcCallId: RtcCallId): string => `${callId}/${rtcCallId}`;
const HangUpEntry = z.tuple([CallId, RtcCallId]);

/**
 * Takes a few calls that are past their deadline, and a few connections still to be hung up, and moves each a lease
 * ahead: the process that took them deals with them, and if it dies, the next one finds them again.
 */
const TAKE_OVERDUE = defineScript({
  keys: ['deadlines', 'hangUps'],
  args: ['nowMs', 'count', 'leaseEndMs'],
  reply: z.tuple([z.array(CallId), z.array(z.string())]),
  lua: `
local function take(queue)
  local due = redis.call('ZRANGEBYSCORE', queue, '-inf', ARG.nowMs, 'LIMIT', 0, ARG.count)
  for _, member in ipairs(due) do redis.call('ZADD', queue, ARG.leaseEndMs, member) end
  return due
end
return {take(KEY.deadlines), take(KEY.hangUps)}
`,
});

export interface OverdueWork {
  /** Calls past their deadline. */
  calls: CallId[];
  /** Connections that may still be talking: see `hangUpEntry`. */
  hangUps: string[];
}

/** Takes at most `count` of each, for this process to deal with. Throws `store_unavailable`. */
export async function takeOverdue(count: number): Promise<OverdueWork> {
  const nowMs = Date.now();
  const keys = { deadlines: storeKeys.deadlines, hangUps: storeKeys.hangUps };
  const [calls, hangUps] = await runScript(TAKE_OVERDUE, keys, {
    nowMs,
    count,
    leaseEndMs: nowMs + LEASE_MS,
  });
  return { calls, hangUps };
}

async function endOverdue(callId: CallId): Promise<void> {
  const call = await readCall(callId);
  if (call && call.state !== 'ended') {
    await endCall(call, 'time_limit');
    audit({ event: 'call_reaped', callId });
  } else await fromStore(getRedis().zrem(storeKeys.deadlines, callId));
}

/** Waits as long as it has been tried already, so that a provider that stays down is asked ever less often. */
const nextAttemptMs = (call: StoredCall, nowMs: number): number =>
  nowMs + Math.min(LONGEST_WAIT_MS, Math.max(LEASE_MS, call.state === 'ended' ? nowMs - call.endedAtMs : 0));

/** Tries to hang up once more. The connection stays in the queue until it is gone or can no longer exist. */
async function retryHangUp(entry: string): Promise<void> {
  const [callId, rtcCallId] = HangUpEntry.parse(entry.split('/'));
  const call = await readCall(callId);
  const nowMs = Date.now();
  const inTime = call !== null && nowMs - call.startedAtMs < GIVE_UP_MS;
  if (inTime && (await hangUp(rtcCallId)) === 'failed') {
    const next = { score: nextAttemptMs(call, nowMs), member: entry };
    await fromStore(getRedis().zadd(storeKeys.hangUps, { xx: true }, next));
    return;
  }
  if (!inTime) audit({ event: 'hang_up_given_up', rtcCallId });
  await fromStore(getRedis().zrem(storeKeys.hangUps, entry));
}

/** Ends a connection that does not belong to its call, or no longer. If that fails, the reaper retries. Never throws. */
export async function hangUpStray(callId: CallId, rtcCallId: RtcCallId): Promise<void> {
  if ((await hangUp(rtcCallId)) !== 'failed') return;
  const entry = { score: Date.now(), member: hangUpEntry(callId, rtcCallId) };
  await runUnattended('queue hang-up', () => fromStore(getRedis().zadd(storeKeys.hangUps, entry)));
}

/** Deals with what was taken, all at once. What fails stays in its queue for the next taker. */
export async function reap({ calls, hangUps }: OverdueWork): Promise<void> {
  const results = await Promise.allSettled([...calls.map(endOverdue), ...hangUps.map(retryHangUp)]);
  for (const result of results) {
    if (result.status === 'rejected') log().warn({ error: describeError(result.reason) }, 'reaping failed');
  }
}

/** Every call that opens or ends helps to clear a few forgotten ones away. */
export const reapAfterResponse = (): void => afterResponse('reap', async () => reap(await takeOverdue(3)));

/** Reaps until nothing is overdue or the time is up. Returns how many were dealt with. */
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
