import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ConnectMode } from '@/lib/server/auth/connect-mode';
import { hangUpEntry } from '@/lib/server/endings/reap';
import {
  type Account,
  type CallEnding,
  type LedgerCall,
  type NewCall,
  reserve,
  secondsLeft,
  secondsUntilNextDay,
  settle,
  utcDay,
} from '@/lib/server/money/ledger';
import { getRedis } from '@/lib/server/store/redis';
import { storeKeys } from '@/lib/server/store/store-keys';
import { CallId, RtcCallId, UserId } from '@/lib/shared/ids';

const CONNECTION = RtcCallId.parse('rtc_1');

const MICRO_USD_PER_SECOND = 1000;
const CALL_SECONDS = 300;
const BUDGET_MICRO_USD = 3_000_000;

beforeAll(() => {
  process.env.OPENAI_REALTIME_MODEL = 'gpt-realtime-2.1-mini';
  process.env.VOICE_CALL_SECONDS = String(CALL_SECONDS);
  // Ten calls of 300 seconds at $0.001 a second.
  process.env.VOICE_SITE_BUDGET_USD_PER_DAY = '3';
});

let days = 0;
/** Noon of a day that no other test uses: the budget of a day belongs to the whole site. */
const freshNoon = () => Date.UTC(2031, 0, 1 + days++, 12);

/** Everything of a wave races. All of it at once could reach the time limit of the database on a slow machine. */
async function inWaves<Result>(count: number, work: () => Promise<Result>, perWave = 50) {
  const results: Result[] = [];
  while (results.length < count) {
    results.push(...(await Promise.all(Array.from({ length: perWave }, work))));
  }
  return results;
}

const newAccount = (allowanceSeconds = 1800): Account => ({ id: `user_${randomUUID()}`, allowanceSeconds });

function newCall(nowMs: number, ...accounts: [Account, ...Account[]]): NewCall {
  return {
    callId: CallId.parse(`call_${randomUUID()}`),
    owner: UserId.parse(accounts[0].id),
    agent: 'ada',
    options: {},
    accounts,
    day: utcDay(nowMs),
    connect: 'direct',
  };
}

const connect = (call: LedgerCall, rtcCallId: RtcCallId) =>
  getRedis().hset(storeKeys.call(call.callId), { rtcCallId });

const hungUp = (rtcCallId: RtcCallId): CallEnding => ({ how: 'hung_up', rtcCallId });
const gone = (rtcCallId: RtcCallId): CallEnding => ({ how: 'gone', rtcCallId });
const unconfirmed = (rtcCallId: RtcCallId): CallEnding => ({ how: 'unconfirmed', rtcCallId });

async function readSums(key: string) {
  const sums = await getRedis().hgetall<Record<'spent' | 'held', number>>(key);
  return { spent: sums?.spent ?? 0, held: sums?.held ?? 0 };
}
const accountSums = (account: Account, day: string) => readSums(storeKeys.account(account.id, day));
const siteSums = (day: string) => readSums(storeKeys.site(day));

describe('reserve', () => {
  test('holds seconds for the user and money for the site', async () => {
    const nowMs = freshNoon();
    const person = newAccount();
    const call = newCall(nowMs, person);
    expect(await reserve(call, nowMs)).toEqual({ outcome: 'reserved', seconds: CALL_SECONDS });
    expect(await accountSums(person, call.day)).toEqual({ spent: 0, held: CALL_SECONDS });
    expect(await siteSums(call.day)).toEqual({ spent: 0, held: CALL_SECONDS * MICRO_USD_PER_SECOND });
    expect(await secondsLeft([person], nowMs)).toBe(1500);
    expect(await getRedis().zscore(storeKeys.deadlines, call.callId)).toBe(nowMs + CALL_SECONDS * 1000);
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
    [14, { outcome: 'allowance_exhausted' }],
    [0, { outcome: 'allowance_exhausted' }],
  ])('with %i seconds left, returns %j', async (allowance, expected) => {
    const nowMs = freshNoon();
    expect(await reserve(newCall(nowMs, newAccount(allowance)), nowMs)).toEqual(expected);
  });

  test('counts on every account, and reserves the least that any has left', async () => {
    const nowMs = freshNoon();
    const network = newAccount(400);
    await reserve(newCall(nowMs, newAccount(), network), nowMs);
    const fresh = newAccount();
    expect(await reserve(newCall(nowMs, fresh, network), nowMs)).toEqual({
      outcome: 'reserved',
      seconds: 100,
    });
    expect(await reserve(newCall(nowMs, newAccount(), network), nowMs)).toEqual({
      outcome: 'allowance_exhausted',
    });
    expect(await accountSums(fresh, utcDay(nowMs))).toEqual({ spent: 0, held: 100 });
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
    expect(replies.filter(({ outcome }) => outcome === 'budget_exhausted')).toHaveLength(990);
    expect(await siteSums(utcDay(nowMs))).toEqual({ spent: 0, held: BUDGET_MICRO_USD });
  });
});

describe('settle', () => {
  async function talked(
    seconds: number,
    ending: CallEnding | null,
    rtcCallId: RtcCallId | null = CONNECTION,
    mode: ConnectMode = 'direct',
  ) {
    const startMs = freshNoon();
    const person = newAccount();
    const call = { ...newCall(startMs, person), connect: mode };
    await reserve(call, startMs);
    if (rtcCallId) await connect(call, rtcCallId);
    const endMs = startMs + seconds * 1000;
    const settled = await settle(call, ending ?? hungUp(rtcCallId ?? CONNECTION), 'user', endMs);
    return { settled, call, person, endMs };
  }

  test.each<[string, number, CallEnding | null, RtcCallId | null, number, ConnectMode]>([
    ['a confirmed end charges the seconds talked', 42, null, CONNECTION, 42, 'direct'],
    ['a begun second counts', 41.2, null, CONNECTION, 42, 'direct'],
    ['never more than was reserved', 5000, null, CONNECTION, CALL_SECONDS, 'direct'],
    ['an unconfirmed end charges all', 42, unconfirmed(CONNECTION), CONNECTION, CALL_SECONDS, 'direct'],
    ['a connection never reported charges all', 42, { how: 'unconnected' }, null, CALL_SECONDS, 'direct'],
    ['an invented one is charged while its secret was good', 5, gone(CONNECTION), CONNECTION, 60, 'direct'],
    ['one that is gone later is charged by the clock', 130, gone(CONNECTION), CONNECTION, 130, 'direct'],
    ['relayed: gone is as good as hung up', 5, gone(CONNECTION), CONNECTION, 5, 'relay'],
    [
      'relayed: an unconfirmed end charges all',
      42,
      unconfirmed(CONNECTION),
      CONNECTION,
      CALL_SECONDS,
      'relay',
    ],
    ['relayed: never connected costs nothing', 42, { how: 'unconnected' }, null, 0, 'relay'],
    ['a released call costs nothing', 42, { how: 'released' }, null, 0, 'direct'],
  ])('%s', async (_, seconds, ending, rtcCallId, charged, mode) => {
    const { settled, call, person } = await talked(seconds, ending, rtcCallId, mode);
    expect(settled).toEqual({
      isNew: true,
      chargedSeconds: charged,
      reason: 'user',
      secondsLeftToday: 1800 - charged,
    });
    expect(await accountSums(person, call.day)).toEqual({ spent: charged, held: 0 });
    expect(await siteSums(call.day)).toEqual({ spent: charged * MICRO_USD_PER_SECOND, held: 0 });
    expect(await getRedis().zscore(storeKeys.deadlines, call.callId)).toBeNull();
    expect(await getRedis().get(storeKeys.slot(call.owner))).toBeNull();
  });

  test.each<[string, CallEnding, RtcCallId | null]>([
    ['another connection was hung up', hungUp(RtcCallId.parse('rtc_other')), CONNECTION],
    ['a connection showed up meanwhile', { how: 'unconnected' }, CONNECTION],
    ['the connection was taken off meanwhile', gone(CONNECTION), null],
  ])('nothing is settled when %s', async (_, ending, rtcCallId) => {
    const { settled, call, person, endMs } = await talked(42, ending, rtcCallId);
    expect(settled).toBe('changed');
    expect(await accountSums(person, call.day)).toEqual({ spent: 0, held: CALL_SECONDS });
    await settle(call, { how: 'released' }, 'user', endMs);
  });

  test('a call on the caller’s own key takes their seconds, and none of the site’s money', async () => {
    const { settled, call } = await talked(42, unconfirmed(CONNECTION), CONNECTION, 'own_key');
    expect(settled).toMatchObject({ chargedSeconds: CALL_SECONDS });
    expect(await siteSums(call.day)).toEqual({ spent: 0, held: 0 });
    expect(await getRedis().zscore(storeKeys.hangUps, hangUpEntry(call.callId, CONNECTION))).toBeNull();
  });

  test('a connection that may still be talking is queued for hanging up', async () => {
    const { call } = await talked(42, unconfirmed(CONNECTION));
    const entry = hangUpEntry(call.callId, CONNECTION);
    expect(await getRedis().zscore(storeKeys.hangUps, entry)).not.toBeNull();
    await getRedis().zrem(storeKeys.hangUps, entry);
  });

  test('settling again, even at once and for another reason, returns the first settlement', async () => {
    const startMs = freshNoon();
    const person = newAccount();
    const call = newCall(startMs, person);
    await reserve(call, startMs);
    await connect(call, CONNECTION);
    const settlements = await Promise.all([
      settle(call, hungUp(CONNECTION), 'user', startMs + 10_000),
      settle(call, hungUp(CONNECTION), 'page_closed', startMs + 20_000),
      settle(call, unconfirmed(CONNECTION), 'time_limit', startMs + 30_000),
    ]);
    const told = settlements.filter((settlement) => typeof settlement === 'object');
    expect(told.map(({ isNew }) => isNew).toSorted()).toEqual([false, false, true]);
    expect(new Set(told.map((one) => JSON.stringify({ ...one, isNew: true }))).size).toBe(1);
    const charged = told[0]?.chargedSeconds;
    expect(await accountSums(person, call.day)).toEqual({ spent: charged, held: 0 });
  });

  test('settling does not free the slot of the call that came after', async () => {
    const { call, person, endMs } = await talked(10, null);
    const next = newCall(endMs, person);
    await reserve(next, endMs);
    await settle(call, unconfirmed(CONNECTION), 'user', endMs);
    expect(await getRedis().get(storeKeys.slot(call.owner))).toBe(next.callId);
  });

  test('a release that overtakes its reservation still refuses it', async () => {
    const nowMs = freshNoon();
    const person = newAccount();
    const call = newCall(nowMs, person);
    expect(await settle(call, { how: 'released' }, 'setup_failed', nowMs)).toBe('unknown');
    expect(await reserve(call, nowMs)).toEqual({ outcome: 'void' });
    expect(await accountSums(person, call.day)).toEqual({ spent: 0, held: 0 });
  });
});

describe('midnight', () => {
  test('a call that runs across it is charged to the day on which it began', async () => {
    const startMs = freshNoon() + 12 * 3600_000 - 10_000;
    const endMs = startMs + 60_000;
    days += 1;
    const person = newAccount();
    const call = newCall(startMs, person);
    await reserve(call, startMs);
    await connect(call, CONNECTION);
    expect(await secondsLeft([person], endMs)).toBe(1800);
    const settled = await settle(call, hungUp(CONNECTION), 'user', endMs);
    expect(settled).toMatchObject({ chargedSeconds: 60, secondsLeftToday: 1800 });
    expect(await accountSums(person, utcDay(startMs))).toEqual({ spent: 60, held: 0 });
    expect(await accountSums(person, utcDay(endMs))).toEqual({ spent: 0, held: 0 });
    expect(await siteSums(utcDay(endMs))).toEqual({ spent: 0, held: 0 });
  });

  test('a user without seconds has a new allowance', async () => {
    const nowMs = freshNoon();
    days += 1;
    const person = newAccount(20);
    const call = newCall(nowMs, person);
    await reserve(call, nowMs);
    await settle(call, { how: 'unconnected' }, 'user', nowMs);
    expect(await reserve(newCall(nowMs, person), nowMs)).toEqual({ outcome: 'allowance_exhausted' });
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
