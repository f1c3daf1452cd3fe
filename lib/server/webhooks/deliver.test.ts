import { startRedis } from '@parley/redis-sandbox';
import { afterEach, expect, test, vi } from 'vitest';
import { log } from '@/lib/server/platform/log';
import { createCallFixture } from '@/lib/server/testing/call-fixture';
import { startReceiver } from '@/lib/server/testing/webhook-receiver';
import { send } from '@/lib/server/webhooks/deliver';

createCallFixture(startRedis);
afterEach(() => {
  vi.restoreAllMocks();
});

test('why a receiver was not reached is in the log, without its address', async () => {
  const logged = vi.spyOn(log(), 'warn');
  const body = JSON.stringify({ type: 'call.ended', timestamp: new Date().toISOString() });
  const { url, close } = await startReceiver();
  close();
  await send({ id: 'msg_1', body }, { url, keys: [Buffer.alloc(32)], events: new Set() });
  const cause = expect.objectContaining({ code: 'ECONNREFUSED' });
  expect(logged).toHaveBeenCalledWith(
    expect.objectContaining({ webhook: 'msg_1', status: null, error: expect.objectContaining({ cause }) }),
    'a webhook was not delivered',
  );
  expect(JSON.stringify(logged.mock.calls)).not.toContain('/hooks');
});
