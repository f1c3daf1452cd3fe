import type { KeepTranscriptRequest, KeptEntry } from '@/lib/shared/kept-transcript';

const LIMIT_MS = 8_000;

async function send(callId: string, init: RequestInit): Promise<boolean> {
  const path = `/api/calls/${encodeURIComponent(callId)}/transcript`;
  try {
    const response = await fetch(path, { ...init, signal: AbortSignal.timeout(LIMIT_MS) });
    return response.ok;
  } catch {
    return false;
  }
}

/** Stores the transcript of an ended call on the server. Returns whether it worked. */
export const keepTranscript = (callId: string, entries: KeptEntry[]): Promise<boolean> =>
  send(callId, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ entries } satisfies KeepTranscriptRequest),
  });

/** Deletes the transcript from the server. Returns whether it worked. */
export const deleteTranscript = (callId: string): Promise<boolean> => send(callId, { method: 'DELETE' });
