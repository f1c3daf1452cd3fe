import { requireUser } from '@/lib/server/auth/require-user';
import { handle } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { requireSameOrigin } from '@/lib/server/http/same-origin';
import { deleteTranscript, keepTranscript } from '@/lib/server/records/kept-transcripts';
import { requireCallId } from '@/lib/server/records/stored-call';
import { KeepTranscriptRequest, TRANSCRIPT_MAX_BYTES } from '@/lib/shared/kept-transcript';

type Context = RouteContext<'/api/calls/[callId]/transcript'>;

/** Keeps the transcript of an ended call, because the user asked for it. 204. */
export const PUT = handle<Context>({ perMinute: 20 }, async (request, { params }) => {
  requireSameOrigin(request);
  const user = await requireUser();
  const { callId } = await params;
  const { entries } = await parseJson(request, KeepTranscriptRequest, TRANSCRIPT_MAX_BYTES);
  await keepTranscript(user.id, requireCallId(callId), entries);
  return new Response(null, { status: 204 });
});

/** Deletes it for good. 204, also if nothing was kept. */
export const DELETE = handle<Context>({ perMinute: 20 }, async (request, { params }) => {
  requireSameOrigin(request);
  const user = await requireUser();
  const { callId } = await params;
  await deleteTranscript(user.id, requireCallId(callId));
  return new Response(null, { status: 204 });
});
