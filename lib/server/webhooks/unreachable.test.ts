import { startRedis } from '@parley/redis-sandbox';
import { expect, test, vi } from 'vitest';
import { log } from '@/lib/server/platform/log';
import { createCallFixture } from '@/lib/server/testing/call-fixture';
import { startReceiver } from '@/lib/server/testing/webhook-receiver';
import { send } from '@/lib/server/webhooks/deliver';

createCallFixture(startRedis);

test('why a receiver could not be reached is in the log, and its address is not', async () => {
  const { url, close } = await startReceiver();
  close();
  const logged = vi.spyOn(log(), 'warn');
  const body = JSON.stringify({ type: 'tool.ran', timestamp: new Date().toISOString(), data: {} });
  await send({ id: 'msg_1', body }, { url, keys: [Buffer.alloc(32)], events: new Set() });
  const refused = expect.objectContaining({ cause: expect.objectContaining({ code: 'ECONNREFUSED' }) });
  expect(logged.mock.calls).toEqual([
    [{ webhook: 'msg_1', status: null, error: refused }, 'a webhook was not delivered'],
  ]);
  expect(JSON.stringify(logged.mock.calls)).not.toContain(new URL(url).host);
});
