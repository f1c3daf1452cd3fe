import { Redis } from '@upstash/redis';

/** The database of this run's server: the embedded Valkey, spoken to as the app speaks to it. */
export const sandboxRedis = () =>
  new Redis({
    url: `http://127.0.0.1:${process.env.SANDBOX_REDIS_PORT}`,
    token: process.env.SANDBOX_REDIS_TOKEN,
  });
