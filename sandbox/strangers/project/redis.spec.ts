import { type EmbeddedRedis, startRedis } from '@parley/redis-sandbox';
import { expect, test } from '@playwright/test';
import { createClient } from '@redis/client';
import { Ratelimit } from '@upstash/ratelimit';
import { Redis } from '@upstash/redis';

let redis: EmbeddedRedis;
test.beforeAll(async () => {
  redis = await startRedis();
});
test.beforeEach(() => redis.flush());
test.afterAll(() => redis.close());

const upstash = () => new Redis({ url: redis.url, token: redis.token, enableTelemetry: false });

test('@upstash/ratelimit counts', async () => {
  const limit = new Ratelimit({ redis: upstash(), limiter: Ratelimit.fixedWindow(2, '1 h'), timeout: 0 });
  const outcomes = [await limit.limit('ann'), await limit.limit('ann'), await limit.limit('ann')];
  expect(outcomes.map(({ success }) => success)).toEqual([true, true, false]);
});

test('@upstash/redis and a client of the Redis protocol see the same data, from which the test before is gone', async () => {
  expect(await upstash().keys('*')).toEqual([]);
  await upstash().set('color', 'red');
  const client = createClient({ url: redis.redisUrl });
  await client.connect();
  expect(await client.get('color')).toBe('red');
  await client.close();
});
