// A site that nobody visits, and where no process lives on: QStash alone comes.
import { startRedis } from '@parley/redis-sandbox';
import { beforeEach, expect, test, vi } from 'vitest';
import { POST as deliver } from '@/app/api/cron/deadline/route';
import type { User } from '@/lib/server/auth/user';
import { connectCall } from '@/lib/server/calls/connect-call';
import { findPastCall } from '@/lib/server/records/call-history';
import { readCall } from '@/lib/server/records/stored-call';
import { storeKeys } from '@/lib/server/store/store-keys';
import { listHangUps } from '@/lib/server/testing/books';
import {
  createCallFixture,
  dial,
  end,
  eventually,
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
import {
  CURRENT_KEY,
  createQstashFixture,
  SITE,
  sendTimeMs,
  WITH_QSTASH,
} from '@/lib/server/testing/qstash-fixture';
import { signAsQstash } from '@/lib/server/testing/qstash-signature';
import type { CallId } from '@/lib/shared/ids';

const DESTINATION = `${SITE}/api/cron/deadline`;
const fixture = createCallFixture(startRedis, WITH_QSTASH);
const qstash = createQstashFixture();
beforeEach(async () => {
  qstash.reset();
  await fixture.redis.del(storeKeys.deadlines);
});

const FAILURE = { status: 500, body: '' };

async function deliverFor(callId: CallId): Promise<number> {
  const body = JSON.stringify({ callId });
  const headers = { 'upstash-signature': signAsQstash(body, { key: CURRENT_KEY, sub: DESTINATION }) };
  return (await deliver(new Request(DESTINATION, { method: 'POST', body, headers }), {})).status;
}

/** A call whose message at the deadline was asked for already. */
async function connected() {
  const user = visitor();
  const call = await openAndConnect(user);
  await eventually(() => expect(qstash.publishedFor(call.callId)).toHaveLength(1));
  qstash.reset();
  return { user, ...call };
}

test('a hang-up that fails is tried again by messages, until it works', async () => {
  const { callId, rtcCallId } = await connected();
  passSeconds(300);
  fixture.provider.next.hangUp = FAILURE;
  expect(await deliverFor(callId)).toBe(204);
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    expect(qstash.published).toHaveLength(attempt);
    const atMs = Math.max(...qstash.published.map(sendTimeMs));
    expect(JSON.parse(qstash.published.at(-1)?.body ?? '')).toEqual({ callId });
    expect(atMs).toBeGreaterThan(Date.now() + 15_000);
    vi.setSystemTime(atMs);
    if (attempt === 3) fixture.provider.next.hangUp = HUNG_UP;
    expect(await deliverFor(callId)).toBe(204);
  }
  expect(qstash.published).toHaveLength(3);
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
  expect(qstash.published).toEqual([]);
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
  fixture.provider.next.hangUp = FAILURE;
  const callId = await begin(visitor());
  await eventually(() => expect(qstash.publishedFor(callId).length).toBeGreaterThan(0));
  expect(await listHangUps()).toHaveLength(1);
  fixture.provider.next.hangUp = HUNG_UP;
  await eventually(async () => {
    const times = qstash.publishedFor(callId).map(({ headers }) => Number(headers['upstash-not-before']));
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
  expect(qstash.published).toEqual([]);
});

test('QStash comes again if it does not accept the message about the next attempt', async () => {
  const { callId } = await connected();
  passSeconds(300);
  fixture.provider.next.hangUp = FAILURE;
  qstash.next.status = 500;
  expect(await deliverFor(callId)).toBeGreaterThanOrEqual(500);
});
