import type { Redis } from '@upstash/redis';

async function contentOf(redis: Redis, key: string): Promise<unknown> {
  // The client's type has no streams.
  const type: string = await redis.type(key);
  switch (type) {
    case 'hash':
      return redis.hgetall(key);
    case 'zset':
      return redis.zrange(key, 0, -1, { withScores: true });
    case 'stream':
      return redis.xrange(key, '-', '+');
    case 'string':
      return redis.get(key);
    default:
      throw new Error(`The key ${key} has an unexpected type.`);
  }
}

/** Returns everything that the database holds, by key. */
export async function databaseState(redis: Redis): Promise<Record<string, unknown>> {
  const keys = (await redis.keys('*')).sort();
  const values = await Promise.all(keys.map((key) => contentOf(redis, key)));
  return Object.fromEntries(keys.map((key, i) => [key, values[i]]));
}
