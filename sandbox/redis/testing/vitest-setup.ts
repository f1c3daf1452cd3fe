import { startRedis } from '../embedded-redis.ts';

/**
 * One embedded Redis for the whole run, found by the tests as the app finds its own: through the environment.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const redis = await startRedis();
  process.env.UPSTASH_REDIS_REST_URL = redis.url;
  process.env.UPSTASH_REDIS_REST_TOKEN = redis.token;
  process.env.TEST_REDIS_URL = redis.redisUrl;
  return () => redis.close();
}
