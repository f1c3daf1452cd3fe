import { randomUUID } from 'node:crypto';
import { startRedis } from '@parley/redis-sandbox';
import { expect, test } from 'vitest';
import type { User } from '@/lib/server/auth/user';
import { relayOffer } from '@/lib/server/calls/relay-call';
import { reapAll } from '@/lib/server/endings/reap';
import { readCall } from '@/lib/server/records/stored-call';
import { storeKeys } from '@/lib/server/store/store-keys';
import { readSums } from '@/lib/server/testing/books';
import {
  createCallFixture,
  eventually,
  guest,
  leftToday,
  open,
  passSeconds,
  RELAYED_GUESTS,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { OFFER } from '@/lib/server/testing/sdp-fixtures';
import { UserId } from '@/lib/shared/ids';

const fixture = createCallFixture(startRedis, RELAYED_GUESTS);

const member = () => visitor({ id: UserId.parse(`github_${randomUUID()}`), role: 'user' });

/** Returns how often each code refused. */
async function openAll(people: User[]) {
  const refusals: Record<string, number> = {};
  for (const user of people) {
    await open(user).catch(({ code }) => {
      refusals[code] = (refusals[code] ?? 0) + 1;
    });
  }
  return refusals;
}

test('a thousand guests of a thousand networks who never dial hold the guests’ share for a minute, and no member’s', {
  timeout: 60_000,
}, async () => {
  const refusals = await openAll(Array.from({ length: 1000 }, guest));
  // Eleven calls fit into a third of ten dollars, and a short one.
  expect(refusals).toEqual({ site_busy: 988 });
  await expect(open(member())).resolves.toMatchObject({ callSeconds: 300 });
  await expect(open(guest())).rejects.toMatchObject({ code: 'site_busy', retryAfterSeconds: 33 });

  passSeconds(61);
  await eventually(async () => {
    await reapAll(Date.now() + 5000);
    expect(await readSums('guests')).toEqual({ spent: 0, held: 0 });
  });
  expect(await fixture.redis.zcard(storeKeys.deadlines)).toBe(0);
  await expect(open(guest())).resolves.toMatchObject({ callSeconds: 300 });
});

test('whoever never dials uses up the seconds of their network, a minute at a time', async () => {
  const network = randomUUID();
  for (let minute = 0; minute < 30; minute += 1) {
    await open(visitor({ network }));
    passSeconds(61);
    await reapAll(Date.now() + 1000);
  }
  await expect(open(visitor({ network }))).rejects.toEqual(refusedWith('allowance_exhausted'));
  expect(await readSums('site')).toEqual({ spent: 0, held: 0 });
});

test('whoever moves through the networks of one IPv6 prefix has twice the seconds of a household', async () => {
  const prefix = randomUUID();
  let opened = 0;
  for (let subnet = 0; subnet < 61; subnet += 1) {
    // As `clientNetwork` names it: a /64 within one /56 and one /48.
    const user = visitor({ network: `${prefix}-subnet-${subnet}.${prefix}-56.${prefix}-48` });
    const refused = await open(user).then(
      () => null,
      ({ code }) => code,
    );
    if (refused) expect(refused).toBe('allowance_exhausted');
    else opened += 1;
    passSeconds(61);
    await reapAll(Date.now() + 1000);
  }
  expect(opened).toBe(60);
});

test('a call whose server was stopped for an hour is charged for what passed, on the person and on the site', async () => {
  const user = member();
  const { callId, secret } = await open(user);
  await relayOffer(user, callId, secret.value, OFFER);
  passSeconds(3500);
  await reapAll(Date.now() + 5000);
  expect(await readCall(callId)).toMatchObject({ state: 'ended', chargedSeconds: 3500 });
  expect(await readSums('site')).toEqual({ spent: 3_500_000, held: 0 });
  expect(await leftToday(user)).toBe(0);
  await expect(open(user)).rejects.toEqual(refusedWith('allowance_exhausted'));
});

test('one person has a quarter of the site’s day at most, whatever the limits say', async () => {
  const admin = visitor({ id: UserId.parse(`github_${randomUUID()}`), role: 'admin' });
  process.env.VOICE_ADMIN_SECONDS_PER_DAY = '14400';
  expect(await leftToday(admin)).toBeLessThanOrEqual(2500);
});

test('“busy” is said while calls hold what is left, and “spent” only when it is spent', async () => {
  const day = new Date().toISOString().slice(0, 10);
  await fixture.redis.hset(storeKeys.books(day), { 'site:spent': 9_800_000 });
  await expect(open(member())).resolves.toMatchObject({ callSeconds: 200 });
  await expect(open(member())).rejects.toMatchObject({ code: 'site_busy', retryAfterSeconds: 60 });
  passSeconds(11);
  await fixture.redis.hset(storeKeys.books(day), { 'site:spent': 9_990_000 });
  await expect(open(member())).rejects.toMatchObject({ code: 'budget_exhausted' });
});
