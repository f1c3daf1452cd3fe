import { startRedis } from '@parley/redis-sandbox';
import { beforeEach, expect, test } from 'vitest';
import { MOST_LISTED, readConsole } from '@/lib/server/console/console-state';
import { pauseCalls, resumeCalls } from '@/lib/server/console/pause';
import { GATE_OPEN_MS } from '@/lib/server/money/ledger-scripts';
import { auditName } from '@/lib/server/records/audit';
import { storeKeys } from '@/lib/server/store/store-keys';
import { createCallFixture, end, guest, open, passSeconds } from '@/lib/server/testing/call-fixture';
import { countCommands } from '@/lib/server/testing/count-commands';

const fixture = createCallFixture(startRedis);

beforeEach(() => fixture.redis.flushdb());

const now = () => readConsole(Date.now());

test('a paused site refuses each new call in its own words; a call that runs goes on', async () => {
  const user = guest();
  const { callId } = await open(user);
  await pauseCalls(Date.now());
  await pauseCalls(Date.now());
  await expect(open(guest())).rejects.toMatchObject({ code: 'site_paused', status: 503 });
  expect(await now()).toMatchObject({ isPaused: true, calls: [{ callId }] });
  expect(await end(user, callId)).toMatchObject({ callId });
});

test('a pause that no script of ours has set is seen, too, when the last look is five minutes old', async () => {
  await open(guest());
  await fixture.redis.set(storeKeys.paused, Date.now());
  passSeconds(GATE_OPEN_MS / 1000);
  await expect(open(guest())).rejects.toMatchObject({ code: 'site_paused' });
});

test('a refused call holds nothing and takes no slot: after a resume the same person calls at once', async () => {
  const user = guest();
  await pauseCalls(Date.now());
  await expect(open(user)).rejects.toMatchObject({ code: 'site_paused' });
  expect(await fixture.redis.zcard(storeKeys.deadlines)).toBe(0);
  await resumeCalls();
  await resumeCalls();
  const { callId } = await open(user);
  expect(await now()).toMatchObject({ isPaused: false, calls: [{ callId }] });
});

test('someone in a call who takes over while the site is paused keeps the call they have', async () => {
  const user = guest();
  const { callId } = await open(user);
  await pauseCalls(Date.now());
  await expect(open(user, true)).rejects.toMatchObject({ code: 'site_paused' });
  expect((await now()).calls).toMatchObject([{ callId }]);
});

test('a live call shows its length, what it costs and a hash of the person, until it has ended', async () => {
  const user = guest();
  const { callId } = await open(user);
  passSeconds(20);
  const [call, ...others] = (await now()).calls;
  expect(others).toEqual([]);
  expect(call).toMatchObject({ callId, who: auditName(user.id), seconds: 20, mode: 'direct' });
  expect(call?.microUsd).toBeGreaterThan(0);
  expect(JSON.stringify(call)).not.toContain(user.id);
  await end(user, callId);
  expect((await now()).calls).toEqual([]);
});

test('however many calls are open, a view costs two commands and one for each that it lists', async () => {
  const nowMs = Date.now();
  const batch = fixture.redis.pipeline();
  for (let i = 0; i < 5000; i += 1) {
    batch.zadd(storeKeys.deadlines, { score: nowMs + i, member: `call_x${i} network` });
  }
  await batch.exec();
  expect((await countCommands(now)).total).toBe(2 + MOST_LISTED);
  expect(await now()).toMatchObject({ hasMore: true });
});
