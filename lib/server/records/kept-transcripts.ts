// Tested in call-history.test.
import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/server/platform/app-error';
import { HISTORY_KEEP_SECONDS } from '@/lib/server/records/call-history';
import { requireOwnCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { type CallId, UserId } from '@/lib/shared/ids';
import { KeptEntry } from '@/lib/shared/kept-transcript';

/** String: the transcript of one call, because its owner asked to keep it. */
const transcriptKey = (callId: CallId) => `voice:transcript:${callId}`;

const Stored = z.object({ owner: UserId, entries: z.array(KeptEntry) });
type Stored = z.infer<typeof Stored>;

/**
 * Keeps the transcript of the user's ended call. Keeping again replaces it.
 * Throws `call_not_found`, `bad_request` while the call goes on, or `store_unavailable`.
 */
export async function keepTranscript(userId: UserId, callId: CallId, entries: KeptEntry[]): Promise<void> {
  const call = await requireOwnCall(userId, callId);
  if (call.state !== 'ended') {
    throw new AppError('bad_request', {
      message: 'This call has not ended yet. Keep the conversation after it.',
    });
  }
  const stored: Stored = { owner: userId, entries };
  await fromStore(getRedis().set(transcriptKey(callId), stored, { ex: HISTORY_KEEP_SECONDS }));
}

/** Returns the transcript that the user kept of a call, or `null`. Throws `store_unavailable`. */
export async function readTranscript(userId: UserId, callId: CallId): Promise<KeptEntry[] | null> {
  const stored = Stored.safeParse(await fromStore(getRedis().get(transcriptKey(callId))));
  return stored.success && stored.data.owner === userId ? stored.data.entries : null;
}

/** Deletes a kept transcript, if there is one. Throws `call_not_found` for another user's, or `store_unavailable`. */
export async function deleteTranscript(userId: UserId, callId: CallId): Promise<void> {
  const stored = await fromStore(getRedis().get<Partial<Stored>>(transcriptKey(callId)));
  if (stored === null) return;
  if (stored.owner !== userId) throw new AppError('call_not_found');
  await fromStore(getRedis().del(transcriptKey(callId)));
}
