import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test } from 'vitest';
import { connectCall } from '@/lib/server/calls/connect-call';
import { endCall } from '@/lib/server/endings/end-call';
import { reap, reapAll, takeOverdue } from '@/lib/server/endings/reap';
import { SETTLE } from '@/lib/server/money/settle-scripts';
import { findPastCall } from '@/lib/server/records/call-history';
import { readCall, requireOwnCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { storeKeys } from '@/lib/server/store/store-keys';
import { listHangUps } from '@/lib/server/testing/books';
import {
  createCallFixture,
  end,
  eventually,
  leftToday,
  NO_CALL,
  newConnection,
  open,
  openAndConnect,
  passSeconds,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { HUNG_UP } from '@/lib/server/testing/fake-openai';
import { RtcCallId } from '@/lib/shared/ids';

const fixture = createCallFixture(startRedis);

describe('connecting', () => {
  test('the same id again changes nothing, and another id is refused', async () => {
    const user = visitor();
    const { callId, rtcCallId } = await openAndConnect(user);
    await expect(connectCall({ userId: user.id, callId, rtcCallId })).resolves.toBeUndefined();
    await expect(connectCall({ userId: user.id, callId, rtcCallId: newConnection() })).rejects.toEqual(
      refusedWith('bad_request'),
    );
    expect(await readCall(callId)).toMatchObject({ state: 'connected', rtcCallId });
  });

  test.each(['12345678', '9007199254740993', '-1234'])('a connection may be called %s', async (id) => {
    const user = visitor();
    const { callId } = await open(user);
    await connectCall({ userId: user.id, callId, rtcCallId: RtcCallId.parse(id) });
    expect(await end(user, callId)).toMatchObject({ reason: 'user', seconds: 0 });
    expect(fixture.provider.hangUps()).toContain(id);
  });

  test.each(['1e10', '0x1234', 'true', 'null'])(
    'but not %s, which the client of the database reads as something else: such a call could not be ended',
    async (id) => {
      const user = visitor();
      const { callId } = await open(user);
      const connecting = connectCall({ userId: user.id, callId, rtcCallId: RtcCallId.parse(id) });
      await expect(connecting).rejects.toEqual(refusedWith('bad_request'));
      expect(await end(user, callId)).toMatchObject({ reason: 'user' });
    },
  );

  test('another user’s connection cannot be claimed', async () => {
    const { rtcCallId } = await openAndConnect(visitor());
    const thief = visitor();
    const { callId } = await open(thief);
    await expect(connectCall({ userId: thief.id, callId, rtcCallId })).rejects.toEqual(
      refusedWith('bad_request'),
    );
  });

  test('another user’s call cannot be connected', async () => {
    const { callId } = await open(visitor());
    await expect(connectCall({ userId: visitor().id, callId, rtcCallId: newConnection() })).rejects.toEqual(
      refusedWith('call_not_found'),
    );
  });

  test('a connection that shows up after the end is hung up', async () => {
    const user = visitor();
    const { callId } = await open(user);
    await end(user, callId);
    const rtcCallId = newConnection();
    await expect(connectCall({ userId: user.id, callId, rtcCallId })).rejects.toEqual(
      refusedWith('call_ended'),
    );
    await eventually(() => expect(fixture.provider.hangUps()).toContain(rtcCallId));
    await eventually(async () => expect(await listHangUps()).toEqual([]));
  });

  test('a connection that shows up after the deadline ends the call', async () => {
    const user = visitor();
    const { callId } = await open(user);
    passSeconds(300);
    const rtcCallId = newConnection();
    await expect(connectCall({ userId: user.id, callId, rtcCallId })).rejects.toEqual(
      refusedWith('call_ended'),
    );
    expect(fixture.provider.hangUps()).toEqual([rtcCallId]);
    expect(await readCall(callId)).toMatchObject({ state: 'ended', reason: 'time_limit' });
  });
});

describe('ending', () => {
  test('hangs up, charges the time talked, and returns the same receipt again', async () => {
    const user = visitor();
    const { callId, rtcCallId } = await openAndConnect(user);
    passSeconds(42);
    const receipt = await end(user, callId);
    expect(receipt).toEqual({ callId, reason: 'user', seconds: 42, secondsLeftToday: 1758 });
    passSeconds(60);
    const again = await endCall(await requireOwnCall(user.id, callId), 'page_closed');
    expect(again).toEqual(receipt);
    expect(fixture.provider.hangUps()).toEqual([rtcCallId]);
  });

  test('whose reply from the database is lost is still recorded: it is sent twice', async () => {
    const first = visitor();
    await end(first, (await openAndConnect(first)).callId);
    const user = visitor();
    const { callId } = await openAndConnect(user);
    passSeconds(10);
    fixture.loseReply(SETTLE.sha1);
    expect(await end(user, callId)).toMatchObject({ seconds: 10 });
    await eventually(async () => expect(await findPastCall(user.id, callId)).toMatchObject({ seconds: 10 }));
  });

  test('that the database settles and does not say so in time is recorded all the same', async () => {
    const first = visitor();
    await end(first, (await openAndConnect(first)).callId);
    const user = visitor();
    const { callId } = await openAndConnect(user);
    passSeconds(10);
    fixture.loseReply(SETTLE.sha1, 2);
    await expect(end(user, callId)).rejects.toEqual(refusedWith('store_unavailable'));
    expect(await end(user, callId)).toMatchObject({ seconds: 10 });
    await eventually(async () => expect(await findPastCall(user.id, callId)).toMatchObject({ seconds: 10 }));
  });

  test('is settled by the moment of the hang-up, though the database was away then', async () => {
    const user = visitor();
    const { callId } = await openAndConnect(user);
    passSeconds(10);
    let restore = () => {};
    fixture.provider.next.whileHangingUp = async () => {
      restore = fixture.cutDatabase();
    };
    await expect(end(user, callId)).rejects.toEqual(refusedWith('store_unavailable'));
    restore();
    passSeconds(20);
    await eventually(async () =>
      expect(await readCall(callId)).toMatchObject({ state: 'ended', reason: 'user', chargedSeconds: 10 }),
    );
    await eventually(async () => expect(await findPastCall(user.id, callId)).toMatchObject({ seconds: 10 }));
  });

  test('of two at once, both get the same receipt, and the provider is asked once', async () => {
    const user = visitor();
    const { callId, rtcCallId } = await openAndConnect(user);
    passSeconds(10);
    const [one, other] = await Promise.all([end(user, callId), end(user, callId)]);
    expect(one).toEqual(other);
    // The second request would be answered with a 404, which does not say when the connection ended.
    expect(fixture.provider.hangUps()).toEqual([rtcCallId]);
    expect(await leftToday(user)).toBe(1790);
  });

  test.each([
    ['404', { status: 404, body: '{"error":{"code":"call_id_not_found"}}' }],
    ['400 call_id_not_found', { status: 400, body: '{"error":{"code":"call_id_not_found"}}' }],
  ])('%s means that the connection has ended already', async (_, behaviour) => {
    const user = visitor();
    const { callId } = await openAndConnect(user);
    fixture.provider.next.hangUp = behaviour;
    passSeconds(75);
    expect(await end(user, callId)).toMatchObject({ seconds: 75 });
  });

  test.each([
    ['a failure', { status: 500, body: '' }],
    ['a wrong key', { status: 401, body: '' }],
    ['another bad request', { status: 400, body: '{"error":{"code":"other"}}' }],
  ])('%s at the hang-up charges everything, and the reaper tries again', async (_, behaviour) => {
    const user = visitor();
    const { callId, rtcCallId } = await openAndConnect(user);
    fixture.provider.next.hangUp = behaviour;
    passSeconds(5);
    const receipt = await end(user, callId);
    expect(receipt.seconds).toBe(300);
    fixture.provider.next.hangUp = HUNG_UP;
    expect(await reapAll(Date.now() + 1000)).toEqual({ calls: 0, hangUps: 1 });
    expect(fixture.provider.hangUps()).toEqual([rtcCallId, rtcCallId]);
    expect(await listHangUps()).toEqual([]);
    expect(await end(user, callId)).toEqual(receipt);
  });

  test('without a connection ever reported, all is charged', async () => {
    const user = visitor();
    const { callId } = await open(user);
    expect(await end(user, callId)).toMatchObject({ seconds: 300, secondsLeftToday: 1500 });
    expect(fixture.provider.hangUps()).toEqual([]);
  });

  test('a hang-up that keeps failing is retried less and less often, recorded, and given up when no connection can be left', async () => {
    await getRedis().del(storeKeys.audit);
    const user = visitor();
    const { callId, rtcCallId } = await openAndConnect(user);
    fixture.provider.next.hangUp = { status: 500, body: '' };
    await end(user, callId);
    for (let minute = 0; minute < 130; minute += 1) {
      for (let quarter = 0; quarter < 4; quarter += 1) {
        passSeconds(15);
        await reapAll(Date.now() + 1000);
      }
    }
    const tries = fixture.provider.hangUps().filter((id) => id === rtcCallId).length;
    expect(tries).toBeGreaterThan(8);
    expect(tries).toBeLessThan(25);
    expect(await listHangUps()).toEqual([]);
    await eventually(async () => {
      const entries = Object.values(await getRedis().xrange(storeKeys.audit, '-', '+'));
      const events = entries.flatMap((entry) => (entry.rtcCallId === rtcCallId ? [entry.event] : []));
      const expected = [...Array<string>(tries).fill('hang_up_failed'), 'hang_up_given_up'];
      expect(events.toSorted()).toEqual(expected);
    });
    expect(await end(user, callId)).toMatchObject({ seconds: 300 });
  });

  test('another user’s call cannot be ended, nor one that was never opened', async () => {
    const { callId } = await open(visitor());
    await expect(end(visitor(), callId)).rejects.toEqual(refusedWith('call_not_found'));
    await expect(end(visitor(), NO_CALL)).rejects.toEqual(refusedWith('call_not_found'));
  });
});

describe('reaping', () => {
  test('ends overdue calls and leaves the others alone', async () => {
    await reapAll(Date.now() + 1000);
    const [late, early] = [visitor(), visitor()];
    const overdue = await openAndConnect(late);
    passSeconds(200);
    const running = await openAndConnect(early);
    passSeconds(100);
    expect(await reapAll(Date.now() + 1000)).toEqual({ calls: 1, hangUps: 0 });
    expect(fixture.provider.hangUps()).toEqual([overdue.rtcCallId]);
    expect(await readCall(overdue.callId)).toMatchObject({ reason: 'time_limit', chargedSeconds: 300 });
    expect(await readCall(running.callId)).toMatchObject({ state: 'connected' });
  });

  test('work that one process has taken is not taken again until the lease expires', async () => {
    const user = visitor();
    const { callId } = await openAndConnect(user);
    passSeconds(300);
    const member = expect.stringMatching(`^${callId} .* guests$`);
    expect(await takeOverdue(100)).toContainEqual(member);
    expect(await takeOverdue(100)).not.toContainEqual(member);
    passSeconds(16);
    const again = await takeOverdue(100);
    expect(again).toContainEqual(member);
    await reap(again);
    expect(await readCall(callId)).toMatchObject({ state: 'ended' });
  });

  test('a deadline without a call is removed', async () => {
    await getRedis().zadd(storeKeys.deadlines, { score: 1, member: 'call_lost' });
    await reapAll(Date.now() + 1000);
    expect(await getRedis().zscore(storeKeys.deadlines, 'call_lost')).toBeNull();
  });
});
