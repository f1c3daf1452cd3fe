// Tested in end-call.test, hang-up-again.test, sweep.test and calls/relay-call.test.
import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { endDue } from '@/lib/server/endings/end-call';
import { noteGivenUp } from '@/lib/server/endings/given-up';
import { HangUpEntry, hangUpEntry } from '@/lib/server/endings/hang-up-entry';
import { publishHangUp } from '@/lib/server/endings/hang-up-message';
import { correct } from '@/lib/server/money/settle';
import { hangUp } from '@/lib/server/openai';
import { afterResponse, runUnattended } from '@/lib/server/platform/background';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';
import { audit, auditName } from '@/lib/server/records/audit';
import { rememberCall } from '@/lib/server/records/call-history';
import { dueAtMs, NAMELESS, readCall, type StoredCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { defineScript, fromStore, runScript } from '@/lib/server/store/run-script';
import { KEEP_CALL_SECONDS, storeKeys } from '@/lib/server/store/store-keys';
import { takeDue } from '@/lib/server/store/take-due';
import { tryAgainLater } from '@/lib/server/store/try-again';
import { traceHangUp } from '@/lib/server/tracing/call-spans';
import { tell } from '@/lib/server/webhooks/tell';
import { CallId, type RtcCallId } from '@/lib/shared/ids';
import { MICRO_USD } from '@/lib/shared/prices';

/** A process that takes an overdue call has this long to deal with it. */
const LEASE_MS = 15_000;
/** The provider ends every connection after 60 minutes, so after two hours there is nothing left to hang up. */
const GIVE_UP_MS = 2 * 3600 * 1000;
const LONGEST_WAIT_MS = 600_000;
/** A connection that the provider did not know is asked for 15 s after its end, and once more after this wait. */
const ASK_ONCE_MORE_MS = 75_000;

/**
 * Takes at most `count` overdue calls and connections that still have to be hung up, for this process to deal with.
 * Throws `store_unavailable`.
 */
export const takeOverdue = (count: number): Promise<string[]> =>
  takeDue(storeKeys.deadlines, count, LEASE_MS);

const remove = (member: string): Promise<unknown> => fromStore(getRedis().zrem(storeKeys.deadlines, member));

const postpone = (member: string, untilMs: number): Promise<unknown> =>
  fromStore(getRedis().zadd(storeKeys.deadlines, { xx: true }, { score: untilMs, member }));

const enqueue = (entry: string, atMs: number): Promise<unknown> =>
  fromStore(getRedis().zadd(storeKeys.deadlines, { score: atMs, member: entry }));

async function endOverdue(member: string): Promise<void> {
  const callId = CallId.safeParse(member.split(' ')[0]).data;
  const call = callId ? await readCall(callId) : null;
  if (!call || call.state === 'ended') {
    await remove(member);
    return;
  }
  if (Date.now() < dueAtMs(call)) {
    // Its ticket was redeemed at the last moment.
    await postpone(member, dueAtMs(call));
    return;
  }
  await endDue(call);
  audit({ event: 'call_reaped', userId: call.owner, callId: call.callId });
}

/** Waits as long as the attempts have taken so far, so that a provider that stays down is asked less and less often. */
const nextAttemptMs = (call: StoredCall, nowMs: number): number =>
  nowMs + Math.min(LONGEST_WAIT_MS, Math.max(LEASE_MS, call.state === 'ended' ? nowMs - call.endedAtMs : 0));

type EndedCall = Extract<StoredCall, { state: 'ended' }>;

/** Charges a call until its connection was hung up, and records that. Throws `store_unavailable`. */
async function chargeUntil(call: EndedCall, rtcCallId: RtcCallId, atMs: number, correctId: string) {
  const corrected = await correct(call, rtcCallId, atMs, correctId);
  if (!corrected) return;
  const { callId, owner, reason } = call;
  const { chargedSeconds: seconds, chargedMicroUsd: estimateMicroUsd, secondsLeftToday, done } = corrected;
  const estimatedUsd = estimateMicroUsd / MICRO_USD;
  audit({ event: 'call_corrected', userId: owner, callId, seconds, estimatedUsd });
  const data = { callId, user: auditName(owner), seconds, estimatedUsd };
  tell({ type: 'call.corrected', about: `${callId}_${seconds}`, data });
  if (owner === NAMELESS) return;
  rememberCall(call, { receipt: { callId, reason, seconds, secondsLeftToday }, estimateMicroUsd, done });
}

/** A connection that is hung up only now has talked until now. Throws `store_unavailable`. */
export async function correctReceipt(call: StoredCall, rtcCallId: RtcCallId): Promise<void> {
  if (call.state !== 'ended') return;
  const [atMs, correctId] = [Date.now(), randomUUID()];
  const charge = () => chargeUntil(call, rtcCallId, atMs, correctId);
  // The next attempt at the hang-up would find the connection gone, and charge nothing.
  await tryAgainLater('correct', charge);
}

/** Tries to hang up once more. The connection stays in the queue until it is gone or can no longer exist. */
async function retryHangUp(entry: string): Promise<void> {
  const [callId, rtcCallId, known] = HangUpEntry.parse(entry.split('/'));
  const call = await readCall(callId);
  const nowMs = Date.now();
  if (call === null || nowMs - call.startedAtMs >= GIVE_UP_MS) {
    if (known === undefined) {
      audit({ event: 'hang_up_given_up', rtcCallId });
      tell({ type: 'hang_up.given_up', about: rtcCallId, data: { callId, rtcCallId } });
      await noteGivenUp(entry, nowMs);
    }
    await remove(entry);
    return;
  }
  const result = await traceHangUp(callId, () => hangUp(rtcCallId));
  if (result === 'failed') {
    await postpone(entry, nextAttemptMs(call, nowMs));
    return;
  }
  if (result === 'hung_up') await correctReceipt(call, rtcCallId);
  if (result === 'gone' && known === 'gone') {
    await enqueue(hangUpEntry(callId, rtcCallId, 'gone again'), nowMs + ASK_ONCE_MORE_MS);
  }
  await remove(entry);
}

/** Asks again twice for a connection that the provider did not know. Never throws. */
export const askAgain = (callId: CallId, rtcCallId: RtcCallId): Promise<unknown> =>
  runUnattended('queue hang-up', () =>
    enqueue(hangUpEntry(callId, rtcCallId, 'gone'), Date.now() + LEASE_MS),
  );

/**
 * Queues a connection and keeps its call, which says since when the hang-up has been tried. `SETTLE` lets a call that never
 * talked expire in two minutes, and the hang-up would be given up with it.
 */
const QUEUE_STRAY = defineScript({
  keys: ['call', 'deadlines'],
  args: ['entry', 'nowMs', 'keepSeconds'],
  reply: z.literal('queued'),
  lua: `
redis.call('ZADD', KEY.deadlines, ARG.nowMs, ARG.entry)
if redis.call('EXISTS', KEY.call) == 1 then
  redis.call('HSET', KEY.call, 'hasStray', '1')
  redis.call('EXPIRE', KEY.call, ARG.keepSeconds)
end
return 'queued'
`,
});

/** Queues a connection to be hung up later. A call that never connected has no message at its deadline: this asks for one. */
async function queueStray(callId: CallId, rtcCallId: RtcCallId): Promise<void> {
  const nowMs = Date.now();
  const keys = { call: storeKeys.call(callId), deadlines: storeKeys.deadlines };
  const entry = hangUpEntry(callId, rtcCallId);
  await runScript(QUEUE_STRAY, keys, { entry, nowMs, keepSeconds: KEEP_CALL_SECONDS });
  afterResponse('publish hang-up', () => publishHangUp(callId, nowMs));
}

/** Hangs up a connection that does not, or no longer, belong to its call. If that fails, the reaper retries. Never throws. */
export async function hangUpStray(callId: CallId, rtcCallId: RtcCallId): Promise<void> {
  const result = await hangUp(rtcCallId);
  if (result === 'gone') await askAgain(callId, rtcCallId);
  if (result === 'failed') await runUnattended('queue hang-up', () => queueStray(callId, rtcCallId));
}

/** Returns whether a member of the queue is a connection to hang up, not a call. */
export const isHangUp = (member: string) => member.includes('/');

/** Deals with all that was taken, side by side. What fails stays in the queue for the next process. */
export async function reap(members: readonly string[]): Promise<void> {
  const results = await Promise.allSettled(
    members.map((member) => (isHangUp(member) ? retryHangUp(member) : endOverdue(member))),
  );
  for (const result of results) {
    if (result.status === 'rejected') log().warn({ error: describeError(result.reason) }, 'reaping failed');
  }
}

/** Reaps until nothing is overdue or the time is up. Returns how many entries were dealt with. */
export async function reapAll(untilMs: number): Promise<{ calls: number; hangUps: number }> {
  const total = { calls: 0, hangUps: 0 };
  while (Date.now() < untilMs) {
    const members = await takeOverdue(20);
    if (members.length === 0) break;
    await reap(members);
    const hangUps = members.filter(isHangUp).length;
    total.calls += members.length - hangUps;
    total.hangUps += hangUps;
  }
  return total;
}
