import { z } from 'zod';
import { endCallAtDeadline } from '@/lib/server/endings/end-from-outside';
import { requireQstashSignature } from '@/lib/server/endings/qstash-signature';
import { handle } from '@/lib/server/http/handle';
import { parseText } from '@/lib/server/http/parse-json';
import { readBody } from '@/lib/server/http/read-body';
import { CallId } from '@/lib/shared/ids';

const MAX_BODY_BYTES = 1024;
const DeadlineMessage = z.strictObject({ callId: CallId });

/** QStash says that a call's time is up. 204, also when the call has ended already: it need not ask again. */
export const POST = handle(async (request) => {
  const body = await readBody(request, MAX_BODY_BYTES);
  requireQstashSignature(request.headers, body);
  const { callId } = parseText(body, DeadlineMessage);
  await endCallAtDeadline(callId);
  return new Response(null, { status: 204 });
});
