import { parseErrorBody } from '@/lib/shared/errors';
import type { CallId } from '@/lib/shared/ids';
import type { KeepTranscriptRequest, KeptEntry } from '@/lib/shared/kept-transcript';

const LIMIT_MS = 8_000;

/** Returns the response, or `null` without one. */
async function send(callId: CallId, init: RequestInit): Promise<Response | null> {
  const path = `/api/calls/${encodeURIComponent(callId)}/transcript`;
  try {
    return await fetch(path, { ...init, signal: AbortSignal.timeout(LIMIT_MS) });
  } catch {
    return null;
  }
}

/** Stores the transcript of an ended call on the server. `full`: the user has to delete another one first. */
export async function keepTranscript(
  callId: CallId,
  entries: KeptEntry[],
): Promise<'kept' | 'full' | 'failed'> {
  const response = await send(callId, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ entries } satisfies KeepTranscriptRequest),
  });
  if (response?.ok) return 'kept';
  const refusal = parseErrorBody(await response?.json().catch(() => null));
  return refusal?.code === 'transcripts_full' ? 'full' : 'failed';
}

/** Deletes the transcript from the server. Returns whether it worked. */
export const deleteTranscript = async (callId: CallId): Promise<boolean> =>
  (await send(callId, { method: 'DELETE' }))?.ok ?? false;
