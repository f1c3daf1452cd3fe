import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test, vi } from 'vitest';
import { watchDeadline } from '@/lib/server/endings/deadline-timers';
import { endAllByAdmin, endByAdmin, endForSignOut, endWhenDue } from '@/lib/server/endings/end-call';
import { log } from '@/lib/server/platform/log';
import { readCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  createCallFixture,
  eventually,
  leftToday,
  NO_CALL,
  open,
  openAndConnect,
  passSeconds,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { UserId } from '@/lib/shared/ids';

const fixture = createCallFixture(startRedis);

describe('ended by others than the user', () => {
  test('signing out hangs up and settles the open call', async () => {
    const user = visitor();
    const { callId, rtcCallId } = await openAndConnect(user);
    passSeconds(20);
    await endForSignOut(user.id);
    expect(fixture.provider.hangUps()).toEqual([rtcCallId]);
    expect(await readCall(callId)).toMatchObject({
      state: 'ended',
      reason: 'signed_out',
      chargedSeconds: 20,
    });
    expect(await leftToday(user)).toBe(1780);
  });

  test('signing out without a call does nothing', async () => {
    await endForSignOut(visitor().id);
    expect(fixture.provider.hangUps()).toEqual([]);
  });

  test('an administrator ends any user’s call, once', async () => {
    const { callId, rtcCallId } = await openAndConnect(visitor());
    passSeconds(20);
    const receipt = await endByAdmin(callId, UserId.parse('github_boss'));
    expect(receipt).toMatchObject({ callId, reason: 'server_hangup', seconds: 20 });
    expect(await endByAdmin(callId, UserId.parse('github_boss'))).toEqual(receipt);
    expect(fixture.provider.hangUps()).toEqual([rtcCallId]);
    await expect(endByAdmin(NO_CALL, UserId.parse('github_boss'))).rejects.toEqual(
      refusedWith('call_not_found'),
    );
  });

  test('an administrator ends many calls: the log says which could not be ended, and why', async () => {
    const broken = await openAndConnect(visitor());
    const whole = await openAndConnect(visitor());
    await getRedis().hset(storeKeys.call(broken.callId), { deadlineMs: 'soon' });
    const logged = vi.spyOn(log(), 'warn');
    expect(await endAllByAdmin([broken.callId, whole.callId], UserId.parse('github_boss'))).toBe(1);
    expect(await readCall(whole.callId)).toMatchObject({ state: 'ended', reason: 'server_hangup' });
    const error = expect.objectContaining({ code: 'store_unavailable' });
    expect(logged).toHaveBeenCalledWith({ callId: broken.callId, error }, expect.any(String));
    logged.mockRestore();
  });

  test('the deadline ends an overdue call and leaves a call alone that has time left', async () => {
    const { callId } = await openAndConnect(visitor());
    passSeconds(298);
    await endWhenDue(callId);
    expect(await readCall(callId)).toMatchObject({ state: 'connected' });
    passSeconds(2);
    await endWhenDue(callId);
    expect(await readCall(callId)).toMatchObject({ state: 'ended', reason: 'time_limit' });
    await endWhenDue(NO_CALL);
  });

  test('the deadline ends a direct call without a reported connection: everything is charged, and the user may call again', async () => {
    const user = visitor();
    const { callId } = await open(user);
    passSeconds(300);
    await endWhenDue(callId);
    expect(await readCall(callId)).toMatchObject({
      state: 'ended',
      reason: 'time_limit',
      chargedSeconds: 300,
    });
    expect(fixture.provider.hangUps()).toEqual([]);
    await expect(open(user)).resolves.toMatchObject({ callSeconds: 300 });
  });

  test.each([
    ['put back by an hour', -3600],
    ['put forward by an hour', 3600],
  ])('a clock that is %s does not prolong a call that a timer watches', async (_, jumpSeconds) => {
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
});
