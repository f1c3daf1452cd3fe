import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/server/platform/app-error';
import { afterResponse } from '@/lib/server/platform/background';
import type { StoredCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { END_REASONS, type Receipt } from '@/lib/shared/contract';
import { CallId, UserId } from '@/lib/shared/ids';
import { HISTORY_KEEP_DAYS } from '@/lib/shared/kept-transcript';

/** Older calls leave the list. */
const MOST_CALLS = 100;
export const HISTORY_KEEP_SECONDS = HISTORY_KEEP_DAYS * 24 * 3600;

const historyKeys = {
  /** Sorted set: a user's settled calls by the time at which they began. */
  ofUser: (userId: UserId) => `voice:history:${userId}`,
  /** String: the facts of one settled call, without its transcript. */
  call: (callId: CallId) => `voice:past-call:${callId}`,
};

const PastCall = z.object({
  callId: CallId,
  owner: UserId,
  /** The name of the agent that was called. */
  agent: z.string(),
  startedAtMs: z.number().int(),
  reason: z.enum(END_REASONS),
  seconds: z.number().int(),
  /** What the call cost this site, estimated, in micro-USD. */
  estimateMicroUsd: z.number().int(),
  /** Titles of the tools that changed something. */
  done: z.array(z.string()),
});
export type PastCall = z.infer<typeof PastCall>;

/** A tool run, as far as the history reads it: `tools/run-once` stores the title of a run that changed something. */
const StoredRun = z.object({ changed: z.string() });

/** Returns the titles of the tools that changed something in this call. Leaves their replies unread. */
async function listChanges(callId: CallId): Promise<string[]> {
  const runs = await fromStore(getRedis().hgetall<Record<string, unknown>>(storeKeys.toolRuns(callId)));
  return Object.values(runs ?? {}).flatMap((run) => StoredRun.safeParse(run).data?.changed ?? []);
}

async function remember(call: StoredCall, { seconds, reason }: Receipt): Promise<void> {
  const { callId, owner, agent, startedAtMs, microUsdPerSecond } = call;
  const past: PastCall = {
    callId,
    owner,
    agent,
    startedAtMs,
    reason,
    seconds,
    estimateMicroUsd: seconds * microUsdPerSecond,
    done: await listChanges(callId),
  };
  const list = historyKeys.ofUser(owner);
  const redis = getRedis();
  // Commands of one tick share one request, in this order.
  const writing = [
    redis.set(historyKeys.call(callId), past, { ex: HISTORY_KEEP_SECONDS }),
    redis.zadd(list, { score: startedAtMs, member: callId }),
    redis.zremrangebyrank(list, 0, -MOST_CALLS - 1),
    redis.expire(list, HISTORY_KEEP_SECONDS),
  ];
  await fromStore(Promise.all(writing));
}

/** Adds a call that was just settled to its owner's history, after the response. A failure is only logged. */
export const rememberCall = (call: StoredCall, receipt: Receipt): void =>
  afterResponse('remember call', () => remember(call, receipt));

/** Returns the user's settled calls, the newest first. Throws `store_unavailable`. */
export async function listPastCalls(userId: UserId): Promise<PastCall[]> {
  const redis = getRedis();
  const list = historyKeys.ofUser(userId);
  const callIds = await fromStore(redis.zrange<CallId[]>(list, 0, MOST_CALLS - 1, { rev: true }));
  if (callIds.length === 0) return [];
  const stored = await fromStore(redis.mget<unknown[]>(...callIds.map(historyKeys.call)));
  return stored.flatMap((fields) => {
    const past = PastCall.safeParse(fields);
    return past.success && past.data.owner === userId ? [past.data] : [];
  });
}

/** Returns one settled call of the user, or `null`, also for another user's. Throws `store_unavailable`. */
export async function findPastCall(userId: UserId, callId: CallId): Promise<PastCall | null> {
  const fields = await fromStore(getRedis().get(historyKeys.call(callId)));
  if (fields === null) return null;
  const past = PastCall.safeParse(fields);
  if (!past.success) throw new AppError('store_unavailable', { cause: past.error });
  return past.data.owner === userId ? past.data : null;
}
