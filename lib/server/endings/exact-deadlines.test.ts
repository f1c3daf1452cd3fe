import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { startRedis } from '@parley/redis-sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { POST as deliver } from '@/app/api/cron/deadline/route';
import type { User } from '@/lib/server/auth/user';
import { connectCall } from '@/lib/server/calls/connect-call';
import { publishDeadline } from '@/lib/server/endings/deadline-timers';
import { describeError } from '@/lib/server/platform/describe-error';
import { findPastCall } from '@/lib/server/records/call-history';
import { readCall } from '@/lib/server/records/stored-call';
import { storeKeys } from '@/lib/server/store/store-keys';
import { listHangUps } from '@/lib/server/testing/books';
import {
  createCallFixture,
  dial,
  end,
  eventually,
  NO_CALL,
  newConnection,
  open,
  openAndConnect,
  openWith,
  passSeconds,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { countCommands } from '@/lib/server/testing/count-commands';
import { HUNG_UP } from '@/lib/server/testing/fake-openai';
import { type Signing, signAsQstash } from '@/lib/server/testing/qstash-signature';
import type { CallId } from '@/lib/shared/ids';

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
const publishedFor = (callId: CallId) => published.filter(({ body }) => body.includes(callId));
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

  test('so does a connection whose reply from the database is lost: it is sent twice', async () => {
    const first = await openAndConnect(visitor());
    await eventually(() => expect(publishedFor(first.callId)).toHaveLength(1));
    const user = visitor();
    const { callId } = await open(user);
    fixture.loseReply();
    await connectCall({ userId: user.id, callId, rtcCallId: newConnection() });
    await eventually(() => expect(publishedFor(callId)).toHaveLength(1));
  });

  test('a refusal by QStash is reported, and does not keep a call from opening', async () => {
    status = 500;
    const error = await publishDeadline(NO_CALL, Date.now()).catch((thrown: unknown) => thrown);
    // The status is all that tells a wrong token from messages that are used up.
    expect(describeError(error)).toMatchObject({ name: 'QstashError', status: 500 });
    await expect(openAndConnect(visitor())).resolves.toBeTruthy();
  });

  test('a message that QStash does not accept is sent again', async () => {
    status = 500;
    const { callId } = await openAndConnect(visitor());
    await eventually(() => expect(publishedFor(callId)).toHaveLength(1));
    status = 201;
    await eventually(() => expect(publishedFor(callId)).toHaveLength(2));
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

  describe('of a quiet site, where nothing else looks', () => {
    const FAILURE = { status: 500, body: '' };
    const deliverFor = async (callId: CallId) => {
      const body = JSON.stringify({ callId });
      return (await post(body, sign(body))).status;
    };
    const connected = async () => {
      await fixture.redis.del(storeKeys.deadlines);
      const user = visitor();
      const call = await openAndConnect(user);
      await eventually(() => expect(publishedFor(call.callId)).toHaveLength(1));
      published.length = 0;
      return { user, ...call };
    };

    test('a hang-up that fails is tried again by messages, until it works', async () => {
      const { callId, rtcCallId } = await connected();
      passSeconds(300);
      fixture.provider.next.hangUp = FAILURE;
      expect(await deliverFor(callId)).toBe(204);
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        expect(published).toHaveLength(attempt);
        const atMs = Number(published.at(-1)?.headers['upstash-not-before']) * 1000;
        expect(JSON.parse(published.at(-1)?.body ?? '')).toEqual({ callId });
        expect(atMs).toBeGreaterThan(Date.now() + 15_000);
        vi.setSystemTime(atMs);
        if (attempt === 3) fixture.provider.next.hangUp = HUNG_UP;
        expect(await deliverFor(callId)).toBe(204);
      }
      expect(published).toHaveLength(3);
      expect(await listHangUps()).toEqual([]);
      expect(new Set(fixture.provider.hangUps())).toEqual(new Set([rtcCallId]));
    });

    test('one that failed when the user ended the call is tried again at its deadline', async () => {
      const { user, callId } = await connected();
      fixture.provider.next.hangUp = FAILURE;
      await end(user, callId);
      expect(await listHangUps()).toHaveLength(1);
      fixture.provider.next.hangUp = HUNG_UP;
      passSeconds(300);
      expect(await deliverFor(callId)).toBe(204);
      expect(await listHangUps()).toEqual([]);
      expect(published).toEqual([]);
    });

    test.each<[string, (user: User) => Promise<CallId>]>([
      [
        'that is reported after the end of its call',
        async (user) => {
          const { callId } = await open(user);
          await end(user, callId);
          await expect(connectCall({ userId: user.id, callId, rtcCallId: newConnection() })).rejects.toEqual(
            refusedWith('call_ended'),
          );
          return callId;
        },
      ],
      [
        'that the provider answered with after the end of its call',
        async (user) => {
          const ticket = await openWith(user, { relay: true });
          fixture.provider.next.whileAnswering = () => end(user, ticket.callId);
          await expect(dial(user, ticket)).rejects.toEqual(refusedWith('call_ended'));
          return ticket.callId;
        },
      ],
      [
        'that the provider answered with nonsense for',
        async (user) => {
          const ticket = await openWith(user, { relay: true });
          const location = `/v1/realtime/calls/${newConnection()}`;
          fixture.provider.next.calls = { status: 201, body: '<oops>', location };
          await expect(dial(user, ticket)).rejects.toEqual(refusedWith('provider_failed'));
          return ticket.callId;
        },
      ],
    ])('a connection %s is hung up by messages too, though its call never had one', async (_, begin) => {
      await fixture.redis.del(storeKeys.deadlines);
      fixture.provider.next.hangUp = FAILURE;
      const callId = await begin(visitor());
      await eventually(() => expect(publishedFor(callId).length).toBeGreaterThan(0));
      expect(await listHangUps()).toHaveLength(1);
      fixture.provider.next.hangUp = HUNG_UP;
      await eventually(async () => {
        const times = publishedFor(callId).map(({ headers }) => Number(headers['upstash-not-before']));
        vi.setSystemTime(Math.max(...times) * 1000);
        expect(await deliverFor(callId)).toBe(204);
        expect(await listHangUps()).toEqual([]);
      });
    });

    test('another call that nobody ended is ended too', async () => {
      const { callId } = await connected();
      const other = await openAndConnect(visitor());
      passSeconds(301);
      expect(await deliverFor(callId)).toBe(204);
      expect(await readCall(other.callId)).toMatchObject({ state: 'ended', reason: 'time_limit' });
    });

    test('the message of a call that has ended costs two commands, and asks for no other', async () => {
      const { user, callId } = await connected();
      await end(user, callId);
      await eventually(async () => expect(await findPastCall(user.id, callId)).not.toBeNull());
      passSeconds(300);
      const { byName } = await countCommands(() => deliverFor(callId));
      expect(byName).toEqual({ hmget: 1, zrange: 1 });
      expect(published).toEqual([]);
    });

    test('QStash comes again if it does not accept the message about the next attempt', async () => {
      const { callId } = await connected();
      passSeconds(300);
      fixture.provider.next.hangUp = FAILURE;
      status = 500;
      expect(await deliverFor(callId)).toBeGreaterThanOrEqual(500);
    });
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
