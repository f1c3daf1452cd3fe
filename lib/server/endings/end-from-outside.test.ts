import { startRedis } from '@parley/redis-sandbox';
import { expect, test } from 'vitest';
import { watchDeadline } from '@/lib/server/endings/deadline-timers';
import { endAnyCall, endCallAtDeadline, endCallOfSignedOut } from '@/lib/server/endings/end-from-outside';
import { readCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  createCallWorld,
  eventually,
  leftToday,
  NO_CALL,
  open,
  openAndConnect,
  passSeconds,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';

const world = createCallWorld(startRedis);

test('signing out hangs up and settles the open call', async () => {
  const user = visitor();
  const { callId, rtcCallId } = await openAndConnect(user);
  passSeconds(20);
  await endCallOfSignedOut(user.id);
  expect(world.provider.hangUps()).toEqual([rtcCallId]);
  expect(await readCall(callId)).toMatchObject({ state: 'ended', reason: 'signed_out', chargedSeconds: 20 });
  expect(await leftToday(user)).toBe(1780);
});

test('signing out without a call does nothing', async () => {
  await endCallOfSignedOut(visitor().id);
  expect(world.provider.hangUps()).toEqual([]);
});

test('an administrator ends anyone’s call, once', async () => {
  const { callId, rtcCallId } = await openAndConnect(visitor());
  passSeconds(20);
  const receipt = await endAnyCall(callId);
  expect(receipt).toMatchObject({ callId, reason: 'server_hangup', seconds: 20 });
  expect(await endAnyCall(callId)).toEqual(receipt);
  expect(world.provider.hangUps()).toEqual([rtcCallId]);
  await expect(endAnyCall(NO_CALL)).rejects.toEqual(refusedWith('call_not_found'));
});

test('the deadline ends an overdue call, and leaves one alone that has time left', async () => {
  const { callId } = await openAndConnect(visitor());
  passSeconds(298);
  await endCallAtDeadline(callId);
  expect(await readCall(callId)).toMatchObject({ state: 'connected' });
  passSeconds(2);
  await endCallAtDeadline(callId);
  expect(await readCall(callId)).toMatchObject({ state: 'ended', reason: 'time_limit' });
  await endCallAtDeadline(NO_CALL);
});

test('the deadline stands for a direct call whose connection nobody reported: all is charged, and the person is free', async () => {
  const user = visitor();
  const { callId } = await open(user);
  passSeconds(300);
  await endCallAtDeadline(callId);
  expect(await readCall(callId)).toMatchObject({ state: 'ended', reason: 'time_limit', chargedSeconds: 300 });
  expect(world.provider.hangUps()).toEqual([]);
  await expect(open(user)).resolves.toMatchObject({ callSeconds: 300 });
});

test.each([
  ['put back by an hour', -3600],
  ['put forward by an hour', 3600],
])('a clock that is %s does not lengthen a call that a timer watches', async (_, jumpSeconds) => {
  const { callId } = await openAndConnect(visitor());
  const deadlineMs = Date.now() + 50;
  const times = { startedAtMs: deadlineMs - 300_000, deadlineMs };
  await getRedis().hset(storeKeys.call(callId), times);
  watchDeadline(callId, deadlineMs);
  passSeconds(jumpSeconds);
  await eventually(async () =>
    expect(await readCall(callId)).toMatchObject({ reason: 'time_limit', chargedSeconds: 300 }),
  );
});
