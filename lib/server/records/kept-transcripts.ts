import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/server/platform/app-error';
import { readListed } from '@/lib/server/records/listed-records';
import { historyKeepSeconds, recordKeys } from '@/lib/server/records/record-keys';
import { getRedis } from '@/lib/server/store/redis';
import { defineScript, fromStore, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { type CallId, UserId } from '@/lib/shared/ids';
import { KeptEntry, MOST_KEPT } from '@/lib/shared/kept-transcript';

/**
 * What fits into a transcript grows with the call, so that stored words cost talking time: more than anybody says, and
 * room for what was typed.
 */
const BASE_BYTES = 16 * 1024;
const BYTES_PER_SECOND = 400;

/** What a newer version stored and this one does not know is left out, and the rest is shown. */
const StoredEntries = z
  .array(KeptEntry.nullable().catch(null))
  .transform((entries) => entries.filter((entry) => entry !== null));
const Stored = z.object({ owner: UserId, entries: StoredEntries });
type Stored = z.infer<typeof Stored>;

/** Stores the transcript of an ended call that was connected, if its owner keeps fewer than the most. */
const KEEP = defineScript({
  keys: ['call', 'transcript', 'kept'],
  args: ['owner', 'callId', 'nowMs', 'storedJson', 'keepSeconds', 'most', 'baseBytes', 'bytesPerSecond'],
  reply: z.enum(['kept', 'call_not_found', 'not_ended', 'too_long', 'full']),
  lua: `
local call = redis.call('HMGET', KEY.call, 'owner', 'state', 'connectedAtMs', 'chargedSeconds')
if call[1] ~= ARG.owner then return 'call_not_found' end
if call[2] ~= 'ended' then return 'not_ended' end
if not call[3] then return 'call_not_found' end
local most = tonumber(ARG.baseBytes) + tonumber(ARG.bytesPerSecond) * tonumber(call[4] or '0')
if #ARG.storedJson > most then return 'too_long' end
redis.call('ZREMRANGEBYSCORE', KEY.kept, '-inf', tonumber(ARG.nowMs) - tonumber(ARG.keepSeconds) * 1000)
local isNew = not redis.call('ZSCORE', KEY.kept, ARG.callId)
if isNew and redis.call('ZCARD', KEY.kept) >= tonumber(ARG.most) then return 'full' end
redis.call('SET', KEY.transcript, ARG.storedJson, 'EX', ARG.keepSeconds)
redis.call('ZADD', KEY.kept, ARG.nowMs, ARG.callId)
redis.call('EXPIRE', KEY.kept, ARG.keepSeconds)
return 'kept'
`,
});

/**
 * Keeps the transcript of the user's ended call. Keeping again replaces it. One request.
 * Throws `call_not_found`, also for a call that never connected, `bad_request` while the call goes on,
 * `payload_too_large` for more words than fit into the call, `transcripts_full`, or `store_unavailable`.
 */
export async function keepTranscript(userId: UserId, callId: CallId, entries: KeptEntry[]): Promise<void> {
  const stored: Stored = { owner: userId, entries };
  const outcome = await runScript(
    KEEP,
    {
      call: storeKeys.call(callId),
      transcript: recordKeys.transcript(callId),
      kept: recordKeys.kept(userId),
    },
    {
      owner: userId,
      callId,
      nowMs: Date.now(),
      storedJson: JSON.stringify(stored),
      keepSeconds: historyKeepSeconds(userId),
      most: MOST_KEPT,
      baseBytes: BASE_BYTES,
      bytesPerSecond: BYTES_PER_SECOND,
    },
  );
  switch (outcome) {
    case 'kept':
      return;
    case 'call_not_found':
      throw new AppError('call_not_found');
    case 'not_ended':
      throw new AppError('bad_request', {
        message: 'This call has not ended yet. Keep the conversation after it.',
      });
    case 'too_long':
      throw new AppError('payload_too_large');
    case 'full':
      throw new AppError('transcripts_full');
  }
}

/** Returns the transcript that the user kept of a call, or `null`. Throws `store_unavailable`. */
export async function readTranscript(userId: UserId, callId: CallId): Promise<KeptEntry[] | null> {
  const stored = Stored.safeParse(await fromStore(getRedis().get(recordKeys.transcript(callId))));
  return stored.success && stored.data.owner === userId ? stored.data.entries : null;
}

export interface KeptTranscript {
  callId: CallId;
  entries: KeptEntry[];
}

/** Returns all transcripts that the user keeps, the latest first. Throws `store_unavailable`. */
export async function listTranscripts(userId: UserId): Promise<KeptTranscript[]> {
  const listed = await readListed(userId, {
    list: recordKeys.kept(userId),
    most: MOST_KEPT,
    keyOf: recordKeys.transcript,
    schema: Stored,
  });
  return listed.map(({ callId, stored }) => ({ callId, entries: stored.entries }));
}

/** Deletes a kept transcript, if there is one. Throws `call_not_found` for another user's, or `store_unavailable`. */
export async function deleteTranscript(userId: UserId, callId: CallId): Promise<void> {
  const redis = getRedis();
  const stored = await fromStore(redis.get<Partial<Stored>>(recordKeys.transcript(callId)));
  if (stored === null) return;
  if (stored.owner !== userId) throw new AppError('call_not_found');
  const deleting = [redis.del(recordKeys.transcript(callId)), redis.zrem(recordKeys.kept(userId), callId)];
  await fromStore(Promise.all(deleting));
}
