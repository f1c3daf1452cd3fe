import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { startRedis } from '@parley/redis-sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { POST as deliver } from '@/app/api/cron/deadline/route';
import { publishDeadline } from '@/lib/server/endings/deadline-timers';
import { readCall } from '@/lib/server/records/stored-call';
import {
  createCallFixture,
  eventually,
  NO_CALL,
  open,
  openAndConnect,
  passSeconds,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { type Signing, signAsQstash } from '@/lib/server/testing/qstash-signature';

const SITE = 'https://voice.example.com';
const DESTINATION = `${SITE}/api/cron/deadline`;
const CURRENT = 'sig_current';
const NEXT = 'sig_next';

interface Published {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

const published: Published[] = [];
let status = 201;
const qstash = createServer(async (request, response) => {
  published.push({ path: request.url ?? '', headers: request.headers, body: await text(request) });
  response.writeHead(status).end('{"messageId":"msg_1"}');
});

const fixture = createCallFixture(startRedis, {
  NEXTAUTH_URL: SITE,
  QSTASH_TOKEN: 'qstash-token',
  QSTASH_CURRENT_SIGNING_KEY: CURRENT,
  QSTASH_NEXT_SIGNING_KEY: NEXT,
});

beforeAll(async () => {
  qstash.listen(0, '127.0.0.1');
  await once(qstash, 'listening');
  process.env.QSTASH_URL = `http://127.0.0.1:${(qstash.address() as AddressInfo).port}`;
});
afterAll(() => {
  qstash.closeAllConnections();
  qstash.close();
});
beforeEach(() => {
  published.length = 0;
  status = 201;
});

const sign = (body: string, signing: Partial<Signing> = {}) =>
  signAsQstash(body, { key: CURRENT, sub: DESTINATION, ...signing });

const post = (body: string, signature: string | null) =>
  deliver(
    new Request(DESTINATION, {
      method: 'POST',
      body,
      headers: signature === null ? {} : { 'upstash-signature': signature },
    }),
    {},
  );

describe('publishing', () => {
  test('connecting a call requests a message to our route at the deadline; opening it does not', async () => {
    await open(visitor());
    const { callId } = await openAndConnect(visitor());
    await eventually(() => expect(published.length).toBe(1));
    const [message] = published;
    const call = await readCall(callId);
    expect(message?.path).toBe(`/v2/publish/${DESTINATION}`);
    expect(message?.headers).toMatchObject({
      authorization: 'Bearer qstash-token',
      'upstash-not-before': String(Math.ceil((call?.deadlineMs ?? 0) / 1000)),
    });
    expect(JSON.parse(message?.body ?? '')).toEqual({ callId });
  });

  test('a refusal by QStash is reported, and does not keep a call from opening', async () => {
    status = 500;
    await expect(publishDeadline(NO_CALL, Date.now())).rejects.toThrow('QStash returned 500.');
    await expect(openAndConnect(visitor())).resolves.toBeTruthy();
  });
});

describe('delivery', () => {
  test.each([
    ['the current key', CURRENT],
    ['the next key', NEXT],
  ])('signed with %s, ends the overdue call', async (_, key) => {
    const { callId, rtcCallId } = await openAndConnect(visitor());
    passSeconds(300);
    const body = JSON.stringify({ callId });
    expect((await post(body, sign(body, { key }))).status).toBe(204);
    expect(await readCall(callId)).toMatchObject({ state: 'ended', reason: 'time_limit' });
    expect((await post(body, sign(body, { key }))).status).toBe(204);
    expect(fixture.provider.hangUps().filter((id) => id === rtcCallId).length).toBe(1);
  });

  test('a padded hash of the body is accepted as well', async () => {
    const body = '{"callId":"call_none"}';
    const padded = createHash('sha256')
      .update(body)
      .digest('base64')
      .replaceAll('+', '-')
      .replaceAll('/', '_');
    expect((await post(body, sign(body, { claims: { body: padded } }))).status).toBe(204);
  });

  test('a message that is early leaves the call alone, and QStash is asked to come again', async () => {
    const { callId } = await openAndConnect(visitor());
    passSeconds(200);
    const body = JSON.stringify({ callId });
    const early = await post(body, sign(body));
    expect(early.status).toBe(503);
    expect(early.headers.get('retry-after')).toBe('100');
    expect(await readCall(callId)).toMatchObject({ state: 'connected' });
    passSeconds(100);
    expect((await post(body, sign(body))).status).toBe(204);
    expect(await readCall(callId)).toMatchObject({ state: 'ended' });
  });

  test.each<[string, Partial<Signing> | null]>([
    ['no signature', null],
    ['another key', { key: 'sig_of_somebody_else' }],
    ['no algorithm', { header: { alg: 'none' } }],
    ['another algorithm', { header: { alg: 'HS512' } }],
    ['another issuer', { claims: { iss: 'Somebody' } }],
    ['another address', { claims: { sub: `${SITE}/api/voice/session` } }],
    ['an expired one', { claims: { exp: 1_000_000_000 } }],
    ['one of the future', { claims: { nbf: 9_000_000_000 } }],
    ['another body', { claims: { body: createHash('sha256').update('{}').digest('base64url') } }],
  ])('%s ends nothing', async (_, signing) => {
    const { callId } = await openAndConnect(visitor());
    passSeconds(300);
    const body = JSON.stringify({ callId });
    const response = await post(body, signing && sign(body, signing));
    expect(response.status).toBe(401);
    expect(await readCall(callId)).toMatchObject({ state: 'connected' });
  });

  test.each([['a.b'], ['a.b.c'], ['..'], ['x'], [`${sign('{}')}.x`]])(
    'nonsense %s is refused',
    async (token) => {
      expect((await post('{}', token)).status).toBe(401);
    },
  );

  test('a signed body of another form is refused, and so is a large one', async () => {
    expect((await post('{"callId":5}', sign('{"callId":5}'))).status).toBe(400);
    const large = 'x'.repeat(2000);
    expect((await post(large, sign(large))).status).toBe(413);
  });
});
