import { Redis } from '@upstash/redis';

/** Returns a client of this site's database, the embedded Valkey, like the app's own. */
export const sandboxRedis = () =>
  new Redis({
    url: `http://127.0.0.1:${process.env.SANDBOX_REDIS_PORT}`,
    token: process.env.SANDBOX_REDIS_TOKEN,
  });
