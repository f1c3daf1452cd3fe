import { beforeAll, describe, expect, test } from 'vitest';
import { type Account, findOpenCall, type NewCall, reserve, secondsLeft } from '@/lib/server/money/ledger';
import { settle } from '@/lib/server/money/settle';
import { secondsUntilNextDay, utcDay } from '@/lib/server/money/utc-day';
import { getRedis } from '@/lib/server/store/redis';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  accountSums,
  BUDGET_MICRO_USD,
  CALL_SECONDS,
  freshNoon,
  MICRO_USD_PER_SECOND,
  nearlyMidnight,
  newAccount,
  newCall,
  newNetwork,
  setLimits,
  siteSums,
} from '@/lib/server/testing/ledger-fixture';
import { RtcCallId } from '@/lib/shared/ids';

const CONNECTION = RtcCallId.parse('rtc_1');

beforeAll(() => setLimits(2031));

/** Everything of a wave races. All of it at once could reach the time limit of the database on a slow machine. */
async function inWaves<Result>(count: number, work: () => Promise<Result>, perWave = 50) {
  const results: Result[] = [];
  while (results.length < count) {
    results.push(...(await Promise.all(Array.from({ length: perWave }, work))));
  }
  return results;
}

/** Returns when a call that is queued has to end. */
async function dueMs(callId: string) {
  const queue = await getRedis().zrange<string[]>(storeKeys.deadlines, 0, -1);
  const member = queue.find((one) => one.startsWith(`${callId} `)) ?? '';
  return getRedis().zscore(storeKeys.deadlines, member);
}

describe('reserve', () => {
  test('holds seconds for the user and money for the site', async () => {
    const nowMs = freshNoon();
    const person = newAccount();
    const call = newCall(nowMs, person);
    expect(await reserve(call, nowMs)).toEqual({ outcome: 'reserved', seconds: CALL_SECONDS });
    expect(await accountSums(person, call.day)).toEqual({ spent: 0, held: CALL_SECONDS });
    expect(await siteSums(call.day)).toEqual({ spent: 0, held: CALL_SECONDS * MICRO_USD_PER_SECOND });
    expect(await secondsLeft([person], nowMs)).toBe(1500);
    expect(await dueMs(call.callId)).toBe(nowMs + CALL_SECONDS * 1000);
  });

  test('sent twice for one call holds once', async () => {
    const nowMs = freshNoon();
    const person = newAccount();
    const call = newCall(nowMs, person);
    const replies = await Promise.all([reserve(call, nowMs), reserve(call, nowMs), reserve(call, nowMs)]);
    expect(replies).toEqual(Array(3).fill({ outcome: 'reserved', seconds: CALL_SECONDS }));
    expect(await accountSums(person, call.day)).toEqual({ spent: 0, held: CALL_SECONDS });
  });

  test('refuses a second open call and returns the id of the open one', async () => {
    const nowMs = freshNoon();
    const person = newAccount();
    const first = newCall(nowMs, person);
    await reserve(first, nowMs);
    const second = await reserve(newCall(nowMs, person), nowMs);
    expect(second).toEqual({ outcome: 'already_in_call', callId: first.callId });
  });

  test.each([
    [100, { outcome: 'reserved', seconds: 100 }],
    [15, { outcome: 'reserved', seconds: 15 }],
    [14, { outcome: 'spent' }],
    [0, { outcome: 'spent' }],
  ])('with %i seconds left, returns %j', async (allowance, expected) => {
    const nowMs = freshNoon();
    expect(await reserve(newCall(nowMs, newAccount(allowance)), nowMs)).toMatchObject(expected);
  });

  test('counts on every account, and reserves the least that any has left', async () => {
    const nowMs = freshNoon();
    const network = newNetwork(400);
    await reserve(newCall(nowMs, newAccount(), network), nowMs);
    const fresh = newAccount();
    expect(await reserve(newCall(nowMs, fresh, network), nowMs)).toEqual({
      outcome: 'reserved',
      seconds: 100,
    });
    expect(await reserve(newCall(nowMs, newAccount(), network), nowMs)).toEqual({
      outcome: 'busy',
      account: network,
      freeAtMs: nowMs + 100_000,
    });
    expect(await accountSums(fresh, utcDay(nowMs))).toEqual({ spent: 0, held: 100 });
  });

  test('reserves less when little of the site’s day is left, and then says when there is room again', async () => {
    const nowMs = freshNoon();
    const guests: Account = { id: 'guests', limit: 400_000, unit: 'micro_usd', isShared: true };
    const call = (at: number): NewCall => {
      const draft = newCall(at, newAccount());
      return { ...draft, accounts: [...draft.accounts, guests] };
    };
    await reserve(newCall(nowMs, newAccount()), nowMs - 200_000);
    expect(await reserve(call(nowMs), nowMs)).toEqual({ outcome: 'reserved', seconds: 300 });
    expect(await reserve(call(nowMs), nowMs)).toEqual({ outcome: 'reserved', seconds: 100 });
    // The member's call ends first, but its room is not the guests'.
    const freeAtMs = nowMs + 100_000;
    expect(await reserve(call(nowMs), nowMs)).toEqual({ outcome: 'busy', account: guests, freeAtMs });
    expect(await reserve(newCall(nowMs, newAccount()), nowMs)).toMatchObject({ outcome: 'reserved' });
  });

  test('a relayed call is queued for the end of its ticket', async () => {
    const nowMs = freshNoon();
    const call: NewCall = { ...newCall(nowMs, newAccount()), connect: 'relay' };
    await reserve(call, nowMs);
    expect(await dueMs(call.callId)).toBe(nowMs + 60_000);
  });

  test('a slot whose call is gone is replaced, and what that call held is spent', async () => {
    const nowMs = freshNoon();
    const person = newAccount();
    const lost = newCall(nowMs, person);
    await reserve(lost, nowMs);
    await getRedis().del(storeKeys.call(lost.callId));
    const next = newCall(nowMs, person);
    expect(await reserve(next, nowMs)).toEqual({ outcome: 'already_in_call', callId: lost.callId });
    expect(await reserve(next, nowMs, lost.callId)).toEqual({ outcome: 'reserved', seconds: CALL_SECONDS });
    expect(await accountSums(person, next.day)).toEqual({ spent: CALL_SECONDS, held: CALL_SECONDS });
  });

  test('of 200 requests for one user’s slot at once, one gets it', async () => {
    const nowMs = freshNoon();
    const person = newAccount();
    const replies = await inWaves(200, () => reserve(newCall(nowMs, person), nowMs));
    expect(replies.filter(({ outcome }) => outcome === 'reserved')).toHaveLength(1);
    expect(replies.filter(({ outcome }) => outcome === 'already_in_call')).toHaveLength(199);
    expect(await accountSums(person, utcDay(nowMs))).toEqual({ spent: 0, held: CALL_SECONDS });
  });

  test('of 1000 requests at once against a budget for ten calls, ten get in, and nothing is held for the others', {
    timeout: 60_000,
  }, async () => {
    const nowMs = freshNoon();
    const replies = await inWaves(1000, () => reserve(newCall(nowMs, newAccount()), nowMs));
    expect(replies).toHaveLength(1000);
    expect(replies.filter(({ outcome }) => outcome === 'reserved')).toHaveLength(10);
    expect(replies.filter(({ outcome }) => outcome === 'busy')).toHaveLength(990);
    expect(await siteSums(utcDay(nowMs))).toEqual({ spent: 0, held: BUDGET_MICRO_USD });
  });
});

describe('midnight', () => {
  test('a call that runs across it is charged to the day on which it began', async () => {
    const startMs = nearlyMidnight();
    const endMs = startMs + 60_000;
    const person = newAccount();
    const call = newCall(startMs, person);
    await reserve(call, startMs);
    await getRedis().hset(storeKeys.call(call.callId), { rtcCallId: CONNECTION });
    expect(await secondsLeft([person], endMs)).toBe(1800);
    const settled = await settle(call, { how: 'hung_up', rtcCallId: CONNECTION }, 'user', endMs);
    expect(settled).toMatchObject({ chargedSeconds: 60, secondsLeftToday: 1800 });
    expect(await accountSums(person, utcDay(startMs))).toEqual({ spent: 60, held: 0 });
    expect(await accountSums(person, utcDay(endMs))).toEqual({ spent: 0, held: 0 });
    expect(await siteSums(utcDay(endMs))).toEqual({ spent: 0, held: 0 });
  });

  test('a call of yesterday still takes the slot', async () => {
    const startMs = nearlyMidnight();
    const person = newAccount();
    const call = newCall(startMs, person);
    await reserve(call, startMs);
    const laterMs = startMs + 20_000;
    const refused = { outcome: 'already_in_call', callId: call.callId };
    expect(await reserve(newCall(laterMs, person), laterMs)).toEqual(refused);
    expect(await findOpenCall(call.owner, laterMs)).toBe(call.callId);
    await settle(call, { how: 'released' }, 'user', laterMs);
    expect(await reserve(newCall(laterMs, person), laterMs)).toMatchObject({ outcome: 'reserved' });
  });

  test('it takes the slot also where a reservation of today was given up before it arrived', async () => {
    const startMs = nearlyMidnight();
    const person = newAccount();
    const call = newCall(startMs, person);
    await reserve(call, startMs);
    const laterMs = startMs + 20_000;
    expect(await settle(newCall(laterMs, person), { how: 'released' }, 'setup_failed', laterMs)).toBe(
      'unknown',
    );
    const refused = { outcome: 'already_in_call', callId: call.callId };
    expect(await reserve(newCall(laterMs, person), laterMs)).toEqual(refused);
    expect(await findOpenCall(call.owner, laterMs)).toBe(call.callId);
  });

  test('a user without seconds has a new allowance', async () => {
    const nowMs = nearlyMidnight();
    const person = newAccount(20);
    const call = newCall(nowMs, person);
    await reserve(call, nowMs);
    await settle(call, { how: 'unconnected' }, 'user', nowMs);
    expect(await reserve(newCall(nowMs, person), nowMs)).toMatchObject({ outcome: 'spent' });
    const tomorrowMs = nowMs + secondsUntilNextDay(nowMs) * 1000;
    expect(await reserve(newCall(tomorrowMs, person), tomorrowMs)).toMatchObject({ outcome: 'reserved' });
  });

  test.each([
    ['2031-05-05T00:00:00.000Z', 86_400],
    ['2031-05-05T12:00:00.500Z', 43_200],
    ['2031-05-05T23:59:59.999Z', 1],
  ])('at %s the next day is %i seconds away', (time, seconds) => {
    expect(secondsUntilNextDay(Date.parse(time))).toBe(seconds);
  });
});
