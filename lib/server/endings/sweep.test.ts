import { randomUUID } from 'node:crypto';
import { startRedis } from '@parley/redis-sandbox';
import { afterEach, expect, test, vi } from 'vitest';
import { relayOffer } from '@/lib/server/calls/relay-call';
import { startSweeping, watchDue } from '@/lib/server/endings/deadline-timers';
import { sweep, sweepNowAndThen } from '@/lib/server/endings/sweep';
import { isWatching } from '@/lib/server/endings/watched-calls';
import { findPastCall } from '@/lib/server/records/call-history';
import { readCall } from '@/lib/server/records/stored-call';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  createCallFixture,
  end,
  eventually,
  open,
  passSeconds,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { countCommands } from '@/lib/server/testing/count-commands';
import { OFFER } from '@/lib/server/testing/sdp-fixtures';

/** Longer than a command takes. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 200));

const fixture = createCallFixture(startRedis, { AUTH_GUEST: 'true', VOICE_CONNECT: 'relay' });

afterEach(() => {
  vi.useRealTimers();
});

test('an overdue call is ended on the occasion of any request, looked for at most once in 15 s', async () => {
  const user = visitor();
  const { callId, secret } = await open(user);
  await relayOffer(user, callId, secret.value, OFFER);
  passSeconds(301);
  sweepNowAndThen();
  await eventually(async () => expect(await readCall(callId)).toMatchObject({ state: 'ended' }));
  await eventually(async () => expect(await findPastCall(user.id, callId)).not.toBeNull());
  await vi.waitFor(async () => expect((await countCommands(pause)).byName).toEqual({}), { timeout: 5000 });
  const looks = (seconds: number) => {
    passSeconds(seconds);
    return countCommands(async () => {
      sweepNowAndThen();
      await pause();
    });
  };
  await looks(60);
  expect((await looks(14)).byName).toEqual({});
  expect((await looks(1)).byName).toEqual({ zrange: 1 });
});

test('one look ends all that is overdue, however much that is', async () => {
  passSeconds(24 * 3600);
  await fixture.redis.del(storeKeys.deadlines);
  for (let i = 0; i < 45; i += 1) {
    const member = `call_${randomUUID()} guests`;
    await fixture.redis.zadd(storeKeys.deadlines, { score: Date.now() - 1000, member });
  }
  await sweep();
  expect(await fixture.redis.zcard(storeKeys.deadlines)).toBe(0);
});

test('a server with nothing to do asks ten times an hour at most', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval'] });
  passSeconds(24 * 3600);
  await fixture.redis.del(storeKeys.deadlines);
  expect(isWatching()).toBe(false);
  startSweeping();
  const { total } = await countCommands(async () => {
    for (let minute = 0; minute < 60; minute += 1) {
      vi.advanceTimersByTime(60_000);
      // The commands of one turn are sent before the next.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(10);
});

test('a request too soon after the last look is made up for within a minute: its process may outlive the one that knows the call', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval'] });
  passSeconds(24 * 3600);
  await fixture.redis.del(storeKeys.deadlines);
  expect(isWatching()).toBe(false);
  startSweeping();
  sweepNowAndThen();
  await pause();
  const entry = `call_${randomUUID()} guests`;
  await fixture.redis.zadd(storeKeys.deadlines, { score: Date.now() + 40_000, member: entry });
  passSeconds(5);
  sweepNowAndThen();
  for (let minute = 0; minute < 2; minute += 1) {
    vi.advanceTimersByTime(60_000);
    await pause();
  }
  await eventually(async () => expect(await fixture.redis.zscore(storeKeys.deadlines, entry)).toBeNull());
});

test('a ticket that nobody uses ends with its minute by the timer of this process; a used one does not', async () => {
  const [idle, talking] = [visitor(), visitor()];
  const unused = await open(idle);
  const used = await open(talking);
  await relayOffer(talking, used.callId, used.secret.value, OFFER);
  passSeconds(60);
  watchDue(unused.callId, Date.now());
  watchDue(used.callId, Date.now());
  await eventually(async () =>
    expect(await readCall(unused.callId)).toMatchObject({
      state: 'ended',
      reason: 'setup_failed',
      chargedSeconds: 60,
    }),
  );
  expect(await readCall(used.callId)).toMatchObject({ state: 'connected' });
  expect(isWatching()).toBe(true);
  await end(talking, used.callId);
  expect(isWatching()).toBe(false);
});

test('a ticket that is used at the last moment goes on, though it was queued for its end', async () => {
  const user = visitor();
  const { callId, secret } = await open(user);
  await relayOffer(user, callId, secret.value, OFFER);
  // As the queue was before the ticket was used.
  await fixture.redis.zadd(storeKeys.deadlines, { score: Date.now(), member: `${callId} guests` });
  passSeconds(16);
  sweepNowAndThen();
  const deadlineMs = (await readCall(callId))?.deadlineMs;
  await eventually(async () =>
    expect(await fixture.redis.zscore(storeKeys.deadlines, `${callId} guests`)).toBe(deadlineMs),
  );
  expect(await readCall(callId)).toMatchObject({ state: 'connected' });
  await end(user, callId);
});

test('opening, connecting and ending a call leaves no timer behind', async () => {
  const user = visitor({ role: 'user' });
  const { callId } = await open(user).then(async (ticket) => {
    await relayOffer(user, ticket.callId, ticket.secret.value, OFFER);
    return ticket;
  });
  expect(isWatching()).toBe(true);
  await end(user, callId);
  expect(isWatching()).toBe(false);
});
