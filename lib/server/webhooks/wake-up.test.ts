import { startRedis } from '@parley/redis-sandbox';
import { beforeEach, expect, test, vi } from 'vitest';
import { GET as reapNow } from '@/app/api/cron/reap/route';
import { POST as wakeUp } from '@/app/api/cron/webhook/route';
import { sweep } from '@/lib/server/endings/sweep';
import { unattendedWork } from '@/lib/server/platform/background';
import { readCall } from '@/lib/server/records/stored-call';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  createCallFixture,
  end,
  eventually,
  openAndDial,
  passSeconds,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { CURRENT_KEY, createQstashFixture, SITE, WITH_QSTASH } from '@/lib/server/testing/qstash-fixture';
import { signAsQstash } from '@/lib/server/testing/qstash-signature';
import { createWebhookFixture } from '@/lib/server/testing/webhook-fixture';

const DESTINATION = `${SITE}/api/cron/webhook`;
const CRON_SECRET = 'a-cron-secret-of-24-chars';

// No process outlives a request here.
const fixture = createCallFixture(startRedis, {
  PARLEY_KEEPS_RUNNING: 'false',
  VOICE_CONNECT: 'relay',
  AUTH_GUEST: 'true',
  CRON_SECRET,
  ...WITH_QSTASH,
  VOICE_WEBHOOK_EVENTS: 'call.ended',
});
const receiver = createWebhookFixture();

const qstash = createQstashFixture();
beforeEach(() => qstash.reset());

const post = (body: string, signature: string) =>
  wakeUp(new Request(DESTINATION, { method: 'POST', body, headers: { 'upstash-signature': signature } }), {});

test('where no process lives on, QStash calls our own route, which signs afresh; it learns nothing of the event', async () => {
  receiver.next.answer = { status: 500 };
  const user = visitor();
  const { callId } = await openAndDial(user);
  await end(user, callId);
  const messages = () => qstash.published.filter(({ path }) => path === `/v2/publish/${DESTINATION}`);
  await eventually(() => expect(messages()).toHaveLength(1));
  const [message] = messages();
  expect(message?.body).toBe('{}');
  expect(Object.keys(message?.headers ?? {})).toContain('upstash-deduplication-id');

  receiver.next.answer = { status: 200 };
  const atSeconds = Number(message?.headers['upstash-not-before']);
  vi.setSystemTime(atSeconds * 1000);
  expect((await post('{}', signAsQstash('{}', { key: CURRENT_KEY, sub: DESTINATION }))).status).toBe(204);
  expect(receiver.received).toHaveLength(2);
  expect(receiver.received[1]?.headers['webhook-timestamp']).toBe(String(atSeconds));
  expect(await fixture.redis.zcard(storeKeys.webhooks)).toBe(0);
});

test('nobody else wakes it: not with another key, and not with a message for another route', async () => {
  const foreign = signAsQstash('{}', { key: 'sig_of_somebody_else', sub: DESTINATION });
  const misused = signAsQstash('{}', { key: CURRENT_KEY, sub: `${SITE}/api/cron/deadline` });
  for (const signature of [foreign, misused]) expect((await post('{}', signature)).status).toBe(401);
  const more = '{"callId":"call_1"}';
  expect((await post(more, signAsQstash(more, { key: CURRENT_KEY, sub: DESTINATION }))).status).toBe(400);
});

const byScheduler = async () => {
  const authorization = `Bearer ${CRON_SECRET}`;
  const response = await reapNow(new Request(`${SITE}/api/cron/reap`, { headers: { authorization } }), {});
  expect(response.status).toBe(200);
  expect(await fixture.redis.get(storeKeys.lastSweep)).toBe(Date.now());
};

test.each<[string, () => Promise<void>]>([
  ['a sweep', sweep],
  ['a scheduler', byScheduler],
])('no trouble with webhooks keeps %s from ending calls, and each of them is tried', async (_, look) => {
  await fixture.redis.del(storeKeys.deadlines, storeKeys.webhooks);
  receiver.next.answer = { status: 500 };
  qstash.next.status = 500;
  for (let i = 0; i < 2; i += 1) {
    const user = visitor();
    await end(user, (await openAndDial(user)).callId);
  }
  await eventually(async () => expect(await fixture.redis.zcard(storeKeys.webhooks)).toBe(2));
  const { callId } = await openAndDial(visitor());
  passSeconds(301);
  // Longer than QStash takes to refuse.
  fixture.provider.next.whileHangingUp = () => new Promise((resolve) => setTimeout(resolve, 500));
  receiver.received.length = 0;
  await look();
  expect(await readCall(callId)).toMatchObject({ state: 'ended', reason: 'time_limit' });
  const tried = new Set(receiver.ofType('call.ended').map(({ body }) => JSON.parse(body).data.callId));
  expect(tried.size).toBeGreaterThanOrEqual(2);
  await unattendedWork();
});
