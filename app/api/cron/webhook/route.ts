import { z } from 'zod';
import { requireQstashSignature } from '@/lib/server/endings/cron-guards';
import { handle } from '@/lib/server/http/handle';
import { parseText } from '@/lib/server/http/parse-json';
import { readBody } from '@/lib/server/http/read-body';
import { WEBHOOK_PATH } from '@/lib/server/platform/qstash';
import { sendDue } from '@/lib/server/webhooks/deliver';

const MAX_BODY_BYTES = 1024;
const WakeUp = z.strictObject({});

/** QStash reports that webhooks are due for another attempt, which signs them afresh. 204, also if there are none. */
export const POST = handle({ perMinute: 600 }, async (request) => {
  const body = await readBody(request, MAX_BODY_BYTES);
  requireQstashSignature(request.headers, body, WEBHOOK_PATH);
  parseText(body, WakeUp);
  await sendDue();
  return new Response(null, { status: 204 });
});
