import { requireCronSecret } from '@/lib/server/endings/cron-guards';
import { noteSweep } from '@/lib/server/endings/last-sweep';
import { reapAll } from '@/lib/server/endings/reap';
import { handle, respond } from '@/lib/server/http/handle';
import { runUnattended } from '@/lib/server/platform/background';
import { sendDue } from '@/lib/server/webhooks/deliver';
import { Reaped } from '@/lib/shared/contract';

const TIME_LIMIT_MS = 20_000;

/**
 * Hangs up and settles everything overdue, and sends webhooks again that are due. For a scheduler that sends
 * `CRON_SECRET` as bearer. 200.
 */
export const GET = handle({ perMinute: 60 }, async (request) => {
  requireCronSecret(request);
  const [reaped] = await Promise.all([
    reapAll(Date.now() + TIME_LIMIT_MS),
    // A receiver that is down must not make the scheduler look late.
    runUnattended('webhooks', sendDue),
  ]);
  await noteSweep();
  return respond(Reaped, reaped);
});
