import { handle, respond } from '@/lib/server/http/handle';
import { getEnv } from '@/lib/server/platform/env';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { Health } from '@/lib/shared/contract';

/** 200 if calls can be opened. 503 with the names of missing variables, or if the database does not respond. */
export const GET = handle({ perMinute: 60 }, async () => {
  const { missing, sandbox } = getEnv();
  if (missing.length > 0) return respond(Health, { ok: false, missing }, { status: 503 });
  await fromStore(getRedis().ping());
  return respond(Health, { ok: true, sandbox });
});
