import { createHash } from 'node:crypto';
import { startRedis } from '@parley/redis-sandbox';
import { beforeEach, describe, expect, test } from 'vitest';
import { POST as deliver } from '@/app/api/cron/deadline/route';
import { connectCall } from '@/lib/server/calls/connect-call';
import { publishDeadline } from '@/lib/server/endings/deadline-timers';
import { describeError } from '@/lib/server/platform/describe-error';
import { readCall } from '@/lib/server/records/stored-call';
import {
  createCallFixture,
  eventually,
  NO_CALL,
  newConnection,
  open,
  openAndConnect,
  passSeconds,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';
import {
  CURRENT_KEY,
  createQstashFixture,
  NEXT_KEY,
  SITE,
  WITH_QSTASH,
} from '@/lib/server/testing/qstash-fixture';
import { type Signing, signAsQstash } from '@/lib/server/testing/qstash-signature';

const DESTINATION = `${SITE}/api/cron/deadline`;
const fixture = createCallFixture(startRedis, WITH_QSTASH);
const qstash = createQstashFixture();
beforeEach(() => qstash.reset());

const sign = (body: string, signing: Partial<Signing> = {}) =>
  signAsQstash(body, { key: CURRENT_KEY, sub: DESTINATION, ...signing });

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
    await eventually(() => expect(qstash.published).toHaveLength(1));
    const [message] = qstash.published;
    const call = await readCall(callId);
    expect(message?.path).toBe(`/v2/publish/${DESTINATION}`);
    expect(message?.headers).toMatchObject({
      authorization: 'Bearer qstash-token',
      'upstash-not-before': String(Math.ceil((call?.deadlineMs ?? 0) / 1000)),
    });
    expect(JSON.parse(message?.body ?? '')).toEqual({ callId });
  });

  test('so does a connection whose reply from the database is lost: it is sent twice', async () => {
    const first = await openAndConnect(visitor());
    await eventually(() => expect(qstash.publishedFor(first.callId)).toHaveLength(1));
    const user = visitor();
    const { callId } = await open(user);
    fixture.loseReply();
    await connectCall({ userId: user.id, callId, rtcCallId: newConnection() });
    await eventually(() => expect(qstash.publishedFor(callId)).toHaveLength(1));
  });

  test('so does a connection that the database stores and does not say so in time, though its page reports it again', async () => {
    await openAndConnect(visitor());
    const user = visitor();
    const { callId } = await open(user);
    const connection = { userId: user.id, callId, rtcCallId: newConnection() };
    fixture.loseReply('voice:connection', 2);
    await expect(connectCall(connection)).rejects.toEqual(refusedWith('store_unavailable'));
    await connectCall(connection);
    await eventually(() => expect(qstash.publishedFor(callId)).toHaveLength(1));
  });

  test('a refusal by QStash is reported, and does not keep a call from opening', async () => {
    qstash.next.status = 500;
    const error = await publishDeadline(NO_CALL, Date.now()).catch((thrown: unknown) => thrown);
    // The status is all that tells a wrong token from messages that are used up.
    expect(describeError(error)).toMatchObject({ name: 'QstashError', status: 500 });
    await expect(openAndConnect(visitor())).resolves.toBeTruthy();
  });

  test('a message that QStash does not accept is sent again', async () => {
    qstash.next.status = 500;
    const { callId } = await openAndConnect(visitor());
    await eventually(() => expect(qstash.publishedFor(callId)).toHaveLength(1));
    qstash.next.status = 201;
    await eventually(() => expect(qstash.publishedFor(callId)).toHaveLength(2));
  });
});

describe('delivery', () => {
  test.each([
    ['the current key', CURRENT_KEY],
    ['the next key', NEXT_KEY],
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
