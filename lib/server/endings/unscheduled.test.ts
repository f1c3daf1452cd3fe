import { startRedis } from '@parley/redis-sandbox';
import { beforeEach, expect, test } from 'vitest';
import { readCall } from '@/lib/server/records/stored-call';
import { createCallFixture, eventually, openAndConnect, visitor } from '@/lib/server/testing/call-fixture';
import { createQstashFixture, WITH_QSTASH } from '@/lib/server/testing/qstash-fixture';

const fixture = createCallFixture(startRedis, { ...WITH_QSTASH, PARLEY_KEEPS_RUNNING: 'false' });
const qstash = createQstashFixture();
beforeEach(() => qstash.reset());

test('where only QStash ends calls and accepts no deadline, the call is ended after the last try', async () => {
  qstash.next.status = 429;
  const { callId, rtcCallId } = await openAndConnect(visitor());
  await eventually(async () =>
    expect(await readCall(callId)).toMatchObject({ state: 'ended', reason: 'server_hangup' }),
  );
  expect(qstash.publishedFor(callId)).toHaveLength(3);
  expect(fixture.provider.hangUps()).toEqual([rtcCallId]);
});

test('one whose deadline is accepted at the last try goes on', async () => {
  qstash.next.status = 500;
  const { callId } = await openAndConnect(visitor());
  await eventually(() => expect(qstash.publishedFor(callId)).toHaveLength(2));
  qstash.next.status = 201;
  await eventually(() => expect(qstash.publishedFor(callId)).toHaveLength(3));
  expect(await readCall(callId)).toMatchObject({ state: 'connected' });
});
