import { requireCronSecret } from '@/lib/server/endings/cron-guards';
import { readDeepHealth, readHealth } from '@/lib/server/health';
import { readBearer } from '@/lib/server/http/bearer';
import { handle, respond } from '@/lib/server/http/handle';
import { DeepHealth, Health } from '@/lib/shared/contract';

/**
 * 200 if calls can be opened and will be ended, otherwise 503 and what is missing or wrong. Anyone may ask. With
 * `CRON_SECRET` as bearer, the database is really written to, and the answer says more.
 */
export const GET = handle({ perMinute: 600 }, async (request) => {
  if (readBearer(request.headers) === null) {
    const health = await readHealth();
    return respond(Health, health, { status: health.ok ? 200 : 503 });
  }
  requireCronSecret(request);
  const health = await readDeepHealth();
  return respond(DeepHealth, health, { status: health.ok ? 200 : 503 });
});
