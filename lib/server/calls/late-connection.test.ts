// Connections of relayed calls that came too late, and whose SDP answer stays here.
import { startRedis } from '@parley/redis-sandbox';
import { expect, test } from 'vitest';
import { resumeCall } from '@/lib/server/calls/resume-call';
import { reapAll } from '@/lib/server/endings/reap';
import { AppError } from '@/lib/server/platform/app-error';
import { readCall } from '@/lib/server/records/stored-call';
import { storeKeys } from '@/lib/server/store/store-keys';
import { listHangUps } from '@/lib/server/testing/books';
import {
  createCallFixture,
  dial,
  end,
  eventually,
  leftToday,
  newConnection,
  ORIGIN,
  open,
  openAndDial,
  passSeconds,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { ANSWER_SDP, HUNG_UP } from '@/lib/server/testing/fake-openai';

const fixture = createCallFixture(startRedis, { VOICE_CONNECT: 'relay' });

test.each<[string, { status: number; body: string }]>([
  ['that was answered with nonsense', { status: 201, body: '<oops>' }],
  ['whose call was resumed meanwhile', { status: 201, body: ANSWER_SDP }],
])('a call %s is hung up later when that fails at first', async (_, answer) => {
  const user = visitor();
  const ticket = await open(user);
  const rtcCallId = newConnection();
  fixture.provider.next.calls = { ...answer, location: `/v1/realtime/calls/${rtcCallId}` };
  fixture.provider.next.hangUp = { status: 500, body: '' };
  fixture.provider.next.whileAnswering = () => resumeCall(user, ticket.callId, ORIGIN);
  await expect(dial(user, ticket)).rejects.toBeInstanceOf(AppError);
  expect(fixture.provider.hangUps()).toEqual([rtcCallId]);
  fixture.provider.next.hangUp = HUNG_UP;
  expect(await reapAll(Date.now() + 1000)).toEqual({ calls: 0, hangUps: 1 });
  expect(fixture.provider.hangUps()).toEqual([rtcCallId, rtcCallId]);
  expect(await listHangUps()).toEqual([]);
  expect(await end(user, ticket.callId)).toMatchObject({ seconds: 0 });
});

test.each<[string, { body: string }]>([
  ['that ended while the provider responded', { body: ANSWER_SDP }],
  ['that was answered with nonsense', { body: '<oops>' }],
])(
  'a call %s is hung up however long that fails, and costs nothing: no SDP answer left us',
  async (_, answer) => {
    const user = visitor();
    const ticket = await open(user);
    const location = `/v1/realtime/calls/${newConnection()}`;
    fixture.provider.next.calls = { status: 201, location, ...answer };
    fixture.provider.next.hangUp = { status: 500, body: '' };
    if (answer.body === ANSWER_SDP) fixture.provider.next.whileAnswering = () => end(user, ticket.callId);
    await expect(dial(user, ticket)).rejects.toBeInstanceOf(AppError);
    // The call is what says since when the hang-up is tried, and so when it is given up.
    expect(await fixture.redis.ttl(storeKeys.call(ticket.callId))).toBeGreaterThan(2 * 3600);
    passSeconds(1800);
    fixture.provider.next.hangUp = HUNG_UP;
    await reapAll(Date.now() + 1000);
    expect(await listHangUps()).toEqual([]);
    expect(await end(user, ticket.callId)).toMatchObject({ seconds: 0 });
    expect(await leftToday(user)).toBe(1800);
  },
);

test('a call that the database connects and does not say so in time ends: its SDP answer stays here', async () => {
  await openAndDial(visitor());
  const user = visitor();
  const ticket = await open(user);
  fixture.loseReply('voice:connection', 2);
  await expect(dial(user, ticket)).rejects.toEqual(refusedWith('store_unavailable'));
  expect(fixture.provider.hangUps().length).toBeGreaterThan(0);
  await eventually(async () =>
    expect(await readCall(ticket.callId)).toMatchObject({ state: 'ended', reason: 'setup_failed' }),
  );
});

test('a call whose offer failed ends though the database is away at that moment', async () => {
  const user = visitor();
  const ticket = await open(user);
  let restore = () => {};
  fixture.provider.next.calls = { status: 500, body: 'oops' };
  fixture.provider.next.whileAnswering = async () => {
    restore = fixture.cutDatabase();
  };
  await expect(dial(user, ticket)).rejects.toEqual(refusedWith('provider_failed'));
  restore();
  await eventually(async () =>
    expect(await readCall(ticket.callId)).toMatchObject({ state: 'ended', reason: 'setup_failed' }),
  );
});
