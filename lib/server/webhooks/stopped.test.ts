import { startRedis } from '@parley/redis-sandbox';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { log } from '@/lib/server/platform/log';
import { storeKeys } from '@/lib/server/store/store-keys';
import { createCallFixture, dial, end, eventually, open, visitor } from '@/lib/server/testing/call-fixture';
import { NEW_SECRET, startReceiver } from '@/lib/server/testing/webhook-receiver';

const fixture = createCallFixture(startRedis, { VOICE_CONNECT: 'relay', AUTH_GUEST: 'true' });
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeAll(async () => {
  receiver = await startReceiver();
  process.env.VOICE_WEBHOOK_URL = receiver.url;
  process.env.VOICE_WEBHOOK_SECRET = NEW_SECRET;
});
afterAll(() => receiver.close());

async function talk() {
  const user = visitor();
  const ticket = await open(user);
  await dial(user, ticket);
  await end(user, ticket.callId);
  return ticket.callId;
}

test('a receiver that answers 410 gets nothing more, from no process, and the log says so', async () => {
  const logged = vi.spyOn(log(), 'error');
  receiver.next.answer = { status: 500 };
  await talk();
  await eventually(async () => expect(await fixture.redis.zcard(storeKeys.webhooks)).toBe(1));
  receiver.next.answer = { status: 410 };
  await talk();
  await eventually(async () => expect(await fixture.redis.get(storeKeys.webhookStopped)).toBeTruthy());
  await eventually(async () => expect(await fixture.redis.zcard(storeKeys.webhooks)).toBe(0));
  expect(logged).toHaveBeenCalledWith(expect.anything(), expect.stringContaining('410'));
  expect(JSON.stringify(logged.mock.calls)).not.toContain(receiver.url);

  receiver.next.answer = { status: 204 };
  await talk();
  vi.resetModules();
  const another = await import('@/lib/server/webhooks/tell');
  const { unattendedWork } = await import('@/lib/server/platform/background');
  another.tell({
    type: 'call.corrected',
    about: 'call_1_5',
    data: { callId: 'call_1', user: 'a'.repeat(16), seconds: 5, estimatedUsd: 0 },
  });
  await unattendedWork();
  expect(receiver.received).toHaveLength(2);
});
