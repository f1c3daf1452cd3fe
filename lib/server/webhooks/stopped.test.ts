import { startRedis } from '@parley/redis-sandbox';
import { expect, test, vi } from 'vitest';
import { log } from '@/lib/server/platform/log';
import { storeKeys } from '@/lib/server/store/store-keys';
import { createCallFixture, end, eventually, openAndDial, visitor } from '@/lib/server/testing/call-fixture';
import { createWebhookFixture } from '@/lib/server/testing/webhook-fixture';

const fixture = createCallFixture(startRedis, { VOICE_CONNECT: 'relay', AUTH_GUEST: 'true' });
const receiver = createWebhookFixture();

async function talk() {
  const user = visitor();
  const { callId } = await openAndDial(user);
  await end(user, callId);
  return callId;
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

test('a process that outlives the 30 days hears that they are over, and sends again', async () => {
  receiver.reset();
  receiver.next.answer = { status: 410 };
  await fixture.redis.del(storeKeys.webhookStopped);
  vi.resetModules();
  const { unattendedWork } = await import('@/lib/server/platform/background');
  const { tell } = await import('@/lib/server/webhooks/tell');
  const tellOf = async (callId: string) => {
    tell({
      type: 'call.corrected',
      about: callId,
      data: { callId, user: 'a'.repeat(16), seconds: 5, estimatedUsd: 0 },
    });
    await unattendedWork();
  };
  await tellOf('call_1');
  receiver.next.answer = { status: 204 };
  await tellOf('call_2');
  expect(receiver.received).toHaveLength(1);

  await fixture.redis.del(storeKeys.webhookStopped);
  const laterMs = performance.now() + 10 * 60_000;
  const clock = vi.spyOn(performance, 'now').mockReturnValue(laterMs);
  await tellOf('call_3').finally(() => clock.mockRestore());
  expect(receiver.received).toHaveLength(2);
});
