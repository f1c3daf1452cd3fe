import { beforeAll, describe, expect, test } from 'vitest';
import type { ConnectMode } from '@/lib/server/auth/connect-mode';
import { hangUpEntry } from '@/lib/server/endings/hang-up-entry';
import { findOpenCall, type LedgerCall, type NewCall, reserve } from '@/lib/server/money/ledger';
import { type CallEnding, correct, settle } from '@/lib/server/money/settle';
import { getRedis } from '@/lib/server/store/redis';
import { storeKeys } from '@/lib/server/store/store-keys';
import { listHangUps } from '@/lib/server/testing/books';
import {
  accountSums,
  CALL_SECONDS,
  freshNoon,
  MICRO_USD_PER_SECOND,
  newAccount,
  newCall,
  setLimits,
  siteSums,
} from '@/lib/server/testing/ledger-fixture';
import { RtcCallId } from '@/lib/shared/ids';

const CONNECTION = RtcCallId.parse('rtc_1');

beforeAll(() => setLimits(2041));

const connect = (call: LedgerCall, rtcCallId: RtcCallId) =>
  getRedis().hset(storeKeys.call(call.callId), { rtcCallId });

const hungUp = (rtcCallId: RtcCallId): CallEnding => ({ how: 'hung_up', rtcCallId });
const gone = (rtcCallId: RtcCallId): CallEnding => ({ how: 'gone', rtcCallId });
const unconfirmed = (rtcCallId: RtcCallId): CallEnding => ({ how: 'unconfirmed', rtcCallId });

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
    if (mode === 'own_key') call.accounts = [person];
    await reserve(call, startMs);
    if (rtcCallId) await connect(call, rtcCallId);
    const endMs = startMs + seconds * 1000;
    const settled = await settle(call, ending ?? hungUp(rtcCallId ?? CONNECTION), 'user', endMs);
    return { settled, call, person, endMs };
  }

  test.each<[string, number, CallEnding | null, RtcCallId | null, number, ConnectMode]>([
    ['a confirmed end charges the seconds talked', 42, null, CONNECTION, 42, 'direct'],
    ['a begun second counts', 41.2, null, CONNECTION, 42, 'direct'],
    ['what passed is charged, more than was reserved too', 3500, null, CONNECTION, 3500, 'direct'],
    ['up to the hour after which the provider ends it', 9000, null, CONNECTION, 3600, 'relay'],
    ['relayed: gone after an hour without this server', 3500, gone(CONNECTION), CONNECTION, 3500, 'relay'],
    [
      'an unconfirmed end charges what passed if that is more',
      900,
      unconfirmed(CONNECTION),
      CONNECTION,
      900,
      'relay',
    ],
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
    ['a released call costs nothing', 42, { how: 'released' }, null, 0, 'direct'],
  ])('%s', async (_, seconds, ending, rtcCallId, charged, mode) => {
    const { settled, call, person, endMs } = await talked(seconds, ending, rtcCallId, mode);
    expect(settled).toEqual({
      isNew: true,
      chargedSeconds: charged,
      chargedMicroUsd: charged * MICRO_USD_PER_SECOND,
      reason: 'user',
      secondsLeftToday: Math.max(0, 1800 - charged),
      done: [],
    });
    expect(await accountSums(person, call.day)).toEqual({ spent: charged, held: 0 });
    expect(await siteSums(call.day)).toEqual({ spent: charged * MICRO_USD_PER_SECOND, held: 0 });
    expect(String(await getRedis().zrange(storeKeys.deadlines, 0, -1))).not.toContain(`${call.callId} `);
    expect(await findOpenCall(call.owner, endMs)).toBeNull();
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
    expect(await listHangUps()).not.toContain(hangUpEntry(call.callId, CONNECTION));
  });

  test.each([
    ['that is ended costs the user the time until now, and the site nothing', 42, 42],
    ['that is found an hour later costs its own minute', 3600, 60],
  ])('a ticket that nobody used and %s', async (_, seconds, charged) => {
    const { settled, call, person } = await talked(seconds, { how: 'unconnected' }, null, 'relay');
    expect(settled).toMatchObject({ chargedSeconds: charged, chargedMicroUsd: 0 });
    expect(await accountSums(person, call.day)).toEqual({ spent: charged, held: 0 });
    expect(await siteSums(call.day)).toEqual({ spent: 0, held: 0 });
    expect(await getRedis().ttl(storeKeys.call(call.callId))).toBeLessThanOrEqual(120);
  });

  test('a dial that failed costs nothing', async () => {
    const nowMs = freshNoon();
    const person = newAccount();
    const call: NewCall = { ...newCall(nowMs, person), connect: 'relay' };
    await reserve(call, nowMs);
    await getRedis().hset(storeKeys.call(call.callId), { dialId: 'dial_1' });
    const settled = await settle(call, { how: 'unconnected' }, 'setup_failed', nowMs + 9000);
    expect(settled).toMatchObject({ chargedSeconds: 0, chargedMicroUsd: 0 });
  });

  test('a connection that was hung up later than it was settled is charged until then, once', async () => {
    const { call, person, endMs } = await talked(5, gone(CONNECTION), CONNECTION, 'relay');
    const laterMs = endMs + 15_000;
    const corrected = { chargedSeconds: 20, chargedMicroUsd: 20_000, secondsLeftToday: 1780, done: [] };
    expect(await correct(call, CONNECTION, laterMs)).toEqual(corrected);
    expect(await correct(call, CONNECTION, laterMs)).toBeNull();
    expect(await accountSums(person, call.day)).toEqual({ spent: 20, held: 0 });
    expect(await siteSums(call.day)).toEqual({ spent: 20_000, held: 0 });
    expect(await correct(call, RtcCallId.parse('rtc_other'), laterMs + 60_000)).toBeNull();
    const again = await settle(call, gone(CONNECTION), 'user', laterMs);
    expect(again).toMatchObject({ isNew: false, chargedSeconds: 20, secondsLeftToday: 1780 });
  });

  test('a connection that may still be talking is queued for hanging up', async () => {
    const { call } = await talked(42, unconfirmed(CONNECTION));
    const entry = hangUpEntry(call.callId, CONNECTION);
    expect(await listHangUps()).toContain(entry);
    await getRedis().zrem(storeKeys.deadlines, entry);
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
    expect(await findOpenCall(call.owner, endMs)).toBe(next.callId);
  });

  test('a duplicate of the reservation that arrives after the release holds nothing', async () => {
    const nowMs = freshNoon();
    const person = newAccount();
    const call = newCall(nowMs, person);
    await reserve(call, nowMs);
    await settle(call, { how: 'released' }, 'setup_failed', nowMs);
    expect(await reserve(call, nowMs)).toEqual({ outcome: 'void' });
    expect(await accountSums(person, call.day)).toEqual({ spent: 0, held: 0 });
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
