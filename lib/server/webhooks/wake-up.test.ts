import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { startRedis } from '@parley/redis-sandbox';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { POST as wakeUp } from '@/app/api/cron/webhook/route';
import { storeKeys } from '@/lib/server/store/store-keys';
import { createCallFixture, end, eventually, openAndDial, visitor } from '@/lib/server/testing/call-fixture';
import { signAsQstash } from '@/lib/server/testing/qstash-signature';
import { createWebhookFixture } from '@/lib/server/testing/webhook-fixture';

const SITE = 'https://voice.example.com';
const DESTINATION = `${SITE}/api/cron/webhook`;
const KEY = 'sig_current';

const published: { path: string; headers: IncomingHttpHeaders; body: string }[] = [];
const qstash = createServer(async (request, response) => {
  published.push({ path: request.url ?? '', headers: request.headers, body: await text(request) });
  response.writeHead(201).end('{"messageId":"msg_1"}');
});

// No process outlives a request here.
const fixture = createCallFixture(startRedis, {
  PARLEY_KEEPS_RUNNING: 'false',
  VOICE_CONNECT: 'relay',
  AUTH_GUEST: 'true',
  NEXTAUTH_URL: SITE,
  QSTASH_TOKEN: 'qstash-token',
  QSTASH_CURRENT_SIGNING_KEY: KEY,
  QSTASH_NEXT_SIGNING_KEY: 'sig_next',
  VOICE_WEBHOOK_EVENTS: 'call.ended',
});
const receiver = createWebhookFixture();

beforeAll(async () => {
  qstash.listen(0, '127.0.0.1');
  await once(qstash, 'listening');
  process.env.QSTASH_URL = `http://127.0.0.1:${(qstash.address() as AddressInfo).port}`;
});
afterAll(() => {
  qstash.closeAllConnections();
  qstash.close();
});

const post = (body: string, signature: string) =>
  wakeUp(new Request(DESTINATION, { method: 'POST', body, headers: { 'upstash-signature': signature } }), {});

test('where no process lives on, QStash calls our own route, which signs afresh; it learns nothing of the event', async () => {
  receiver.next.answer = { status: 500 };
  const user = visitor();
  const { callId } = await openAndDial(user);
  await end(user, callId);
  const messages = () => published.filter(({ path }) => path === `/v2/publish/${DESTINATION}`);
  await eventually(() => expect(messages()).toHaveLength(1));
  const [message] = messages();
  expect(message?.body).toBe('{}');
  expect(Object.keys(message?.headers ?? {})).toContain('upstash-deduplication-id');

  receiver.next.answer = { status: 200 };
  const atSeconds = Number(message?.headers['upstash-not-before']);
  vi.setSystemTime(atSeconds * 1000);
  expect((await post('{}', signAsQstash('{}', { key: KEY, sub: DESTINATION }))).status).toBe(204);
  expect(receiver.received).toHaveLength(2);
  expect(receiver.received[1]?.headers['webhook-timestamp']).toBe(String(atSeconds));
  expect(await fixture.redis.zcard(storeKeys.webhooks)).toBe(0);
});

test('nobody else wakes it: not with another key, and not with a message for another route', async () => {
  const foreign = signAsQstash('{}', { key: 'sig_of_somebody_else', sub: DESTINATION });
  const misused = signAsQstash('{}', { key: KEY, sub: `${SITE}/api/cron/deadline` });
  for (const signature of [foreign, misused]) expect((await post('{}', signature)).status).toBe(401);
  const more = '{"callId":"call_1"}';
  expect((await post(more, signAsQstash(more, { key: KEY, sub: DESTINATION }))).status).toBe(400);
});
