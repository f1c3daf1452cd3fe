import { startRedis } from '@parley/redis-sandbox';
import { expect, test } from 'vitest';
import { sweep } from '@/lib/server/endings/sweep';
import { storeKeys } from '@/lib/server/store/store-keys';
import { createCallFixture } from '@/lib/server/testing/call-fixture';
import { createWebhookFixture } from '@/lib/server/testing/webhook-fixture';

const fixture = createCallFixture(startRedis);
const receiver = createWebhookFixture();

test('a receiver that is back gets at once what waited and is due, however much it is', async () => {
  const body = JSON.stringify({ type: 'tool.ran', timestamp: new Date().toISOString(), data: {} });
  const [first, ...due] = Array.from({ length: 35 }, (_, i) => ({
    score: 1,
    member: `msg_tool_ran_${i} ${body}`,
  }));
  await fixture.redis.zadd(storeKeys.webhooks, first ?? { score: 1, member: '' }, ...due);
  await sweep();
  expect(receiver.received).toHaveLength(35);
  expect(await fixture.redis.zcard(storeKeys.webhooks)).toBe(0);
});
