import { z } from 'zod';
import { sweepAndComeAgain } from '@/lib/server/endings/come-again';
import { requireQstashSignature } from '@/lib/server/endings/cron-guards';
import { endWhenDue } from '@/lib/server/endings/end-call';
import { handle } from '@/lib/server/http/handle';
import { parseText } from '@/lib/server/http/parse-json';
import { readBody } from '@/lib/server/http/read-body';
import { DEADLINE_PATH } from '@/lib/server/platform/qstash';
import { CallId } from '@/lib/shared/ids';

const MAX_BODY_BYTES = 1024;
const DeadlineMessage = z.strictObject({ callId: CallId });

/**
 * QStash reports that a call's time is up, or that a hang-up is to be tried again. 204, also if the call has ended already,
 * so that it does not retry. 503 if the call has time left, because one of the clocks is wrong: then it asks again.
 */
export const POST = handle({ perMinute: 600 }, async (request) => {
  const body = await readBody(request, MAX_BODY_BYTES);
  requireQstashSignature(request.headers, body, DEADLINE_PATH);
  const { callId } = parseText(body, DeadlineMessage);
  const nextMs = await endWhenDue(callId);
  if (nextMs === null) {
    await sweepAndComeAgain();
    return new Response(null, { status: 204 });
  }
  const waitSeconds = Math.max(1, Math.ceil((nextMs - Date.now()) / 1000));
  return new Response(null, { status: 503, headers: { 'retry-after': String(waitSeconds) } });
});
