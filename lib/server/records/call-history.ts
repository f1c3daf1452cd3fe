import 'server-only';
import { z } from 'zod';
import { StoredReason } from '@/lib/server/money/settle-scripts';
import { AppError } from '@/lib/server/platform/app-error';
import { readListed } from '@/lib/server/records/listed-records';
import { historyKeepSeconds, recordKeys } from '@/lib/server/records/record-keys';
import type { StoredCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { defineScript, fromStore, runScript } from '@/lib/server/store/run-script';
import { storeAfterResponse } from '@/lib/server/store/try-again';
import type { Receipt } from '@/lib/shared/contract';
import { CallId, UserId } from '@/lib/shared/ids';

/** Older calls leave the list, and take along what was kept of them. */
export const MOST_PAST_CALLS = 100;

const PastCall = z.object({
  callId: CallId,
  owner: UserId,
  /** The name of the agent that was called. */
  agent: z.string(),
  startedAtMs: z.number().int(),
  reason: StoredReason,
  seconds: z.number().int(),
  /** What the call cost this site, estimated, in micro-USD. */
  estimateMicroUsd: z.number().int(),
  /** Titles of the tools that changed something. */
  done: z.array(z.string()),
});
export type PastCall = z.infer<typeof PastCall>;

/**
 * Adds a call to its owner's history, unless that was just deleted. Returns the calls that leave the history for it, which
 * stay in it until what is stored of them is deleted.
 */
const REMEMBER = defineScript({
  keys: ['pastCall', 'history', 'erased'],
  args: ['callId', 'pastJson', 'startedAtMs', 'most', 'keepSeconds'],
  reply: z.array(CallId),
  lua: `
if redis.call('EXISTS', KEY.erased) == 1 then return {} end
redis.call('SET', KEY.pastCall, ARG.pastJson, 'EX', ARG.keepSeconds)
redis.call('ZADD', KEY.history, ARG.startedAtMs, ARG.callId)
redis.call('EXPIRE', KEY.history, ARG.keepSeconds)
return redis.call('ZRANGE', KEY.history, 0, -1 - tonumber(ARG.most))
`,
});

/**
 * Deletes what is stored of calls that left a user's history, with the transcripts that the user kept. Throws
 * `store_unavailable`.
 */
async function forgetCalls(userId: UserId, callIds: readonly CallId[]): Promise<void> {
  if (callIds.length === 0) return;
  const redis = getRedis();
  const forgetting = [
    redis.del(...callIds.flatMap((callId) => [recordKeys.pastCall(callId), recordKeys.transcript(callId)])),
    redis.zrem(recordKeys.kept(userId), ...callIds),
    redis.zrem(recordKeys.history(userId), ...callIds),
  ];
  await fromStore(Promise.all(forgetting));
}

/** What a call came to. */
interface Outcome {
  receipt: Receipt;
  /** What it cost this site, by planning prices. */
  estimateMicroUsd: number;
  /** Titles of the tools that changed something. */
  done: string[];
}

async function remember(call: StoredCall, { receipt, estimateMicroUsd, done }: Outcome): Promise<void> {
  const { callId, owner, agent, startedAtMs } = call;
  const { reason, seconds } = receipt;
  const past: PastCall = {
    callId,
    owner,
    agent,
    startedAtMs,
    reason,
    seconds,
    estimateMicroUsd,
    done,
  };
  const beyond = await runScript(
    REMEMBER,
    {
      pastCall: recordKeys.pastCall(callId),
      history: recordKeys.history(owner),
      erased: recordKeys.erased(owner),
    },
    {
      callId,
      pastJson: JSON.stringify(past),
      startedAtMs,
      most: MOST_PAST_CALLS,
      keepSeconds: historyKeepSeconds(owner),
    },
  );
  await forgetCalls(owner, beyond);
}

/**
 * Adds a call that was just settled to its owner's history, after the response. A failure is logged, and tried again: what is in
 * no history is neither shown nor exported.
 */
export const rememberCall = (call: StoredCall, outcome: Outcome): void =>
  storeAfterResponse('remember call', () => remember(call, outcome));

/** Returns the user's settled calls, the newest first. Throws `store_unavailable`. */
export async function listPastCalls(userId: UserId): Promise<PastCall[]> {
  const listed = await readListed(userId, {
    list: recordKeys.history(userId),
    most: MOST_PAST_CALLS,
    keyOf: recordKeys.pastCall,
    schema: PastCall,
  });
  return listed.map(({ stored }) => stored);
}

/** Returns one settled call of the user, or `null`, also for another user's. Throws `store_unavailable`. */
export async function findPastCall(userId: UserId, callId: CallId): Promise<PastCall | null> {
  const fields = await fromStore(getRedis().get(recordKeys.pastCall(callId)));
  if (fields === null) return null;
  const past = PastCall.safeParse(fields);
  if (!past.success) throw new AppError('store_unavailable', { cause: past.error });
  return past.data.owner === userId ? past.data : null;
}
