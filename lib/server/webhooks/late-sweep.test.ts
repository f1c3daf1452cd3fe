import { startRedis } from '@parley/redis-sandbox';
import { expect, test } from 'vitest';
import { findLateSweep } from '@/lib/server/endings/last-sweep';
import { createCallFixture, eventually } from '@/lib/server/testing/call-fixture';
import { createWebhookFixture } from '@/lib/server/testing/webhook-fixture';

createCallFixture(startRedis, {
  PARLEY_KEEPS_RUNNING: 'false',
  CRON_SECRET: 'a-cron-secret-of-24-chars',
  CRON_INTERVAL_SECONDS: '60',
});
const receiver = createWebhookFixture();

test('a scheduler that is late is told once a day, however often somebody looks', async () => {
  const lastMs = Date.now() - 600_000;
  for (let i = 0; i < 3; i += 1) expect(findLateSweep(lastMs)).toEqual(['sweep_late']);
  await eventually(() => expect(receiver.received).toHaveLength(1));
  const [message] = receiver.received;
  const day = new Date().toISOString().slice(0, 10);
  expect(JSON.parse(message?.body ?? '').data).toEqual({ day, lastSweepAt: new Date(lastMs).toISOString() });
  expect(message?.headers['webhook-id']).toBe(`msg_sweep_late_${day}`);
});
