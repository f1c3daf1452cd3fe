import { requireCronSecret } from '@/lib/server/endings/cron-secret';
import { reapAll } from '@/lib/server/endings/reap';
import { handle } from '@/lib/server/http/handle';

const TIME_LIMIT_MS = 20_000;

/** Hangs up and settles whatever is overdue. For a scheduler that sends `CRON_SECRET` as bearer. */
export const GET = handle(async (request) => {
  requireCronSecret(request);
  return Response.json(await reapAll(Date.now() + TIME_LIMIT_MS));
});
