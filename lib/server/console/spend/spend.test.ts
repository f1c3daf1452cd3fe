import { startRedis } from '@parley/redis-sandbox';
import { beforeEach, describe, expect, test } from 'vitest';
import { listDays } from '@/lib/server/console/spend/day-counts';
import { readSpend } from '@/lib/server/console/spend/read-spend';
import { listSpendCells } from '@/lib/server/console/spend/spend-csv';
import { correct } from '@/lib/server/money/settle';
import { utcDay } from '@/lib/server/money/utc-day';
import { KEEP_SPEND_SECONDS, storeKeys } from '@/lib/server/store/store-keys';
import { readSums } from '@/lib/server/testing/books';
import {
  createCallFixture,
  end,
  guest,
  open,
  openAndConnect,
  passSeconds,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { countCommands } from '@/lib/server/testing/count-commands';
import { UserId } from '@/lib/shared/ids';

const fixture = createCallFixture(startRedis);

beforeEach(() => fixture.redis.flushdb());

const member = () => visitor({ id: UserId.parse('github_7'), role: 'user' });

async function talk(user: ReturnType<typeof visitor>, seconds: number) {
  const { callId } = await openAndConnect(user);
  passSeconds(seconds);
  await end(user, callId);
  return callId;
}

describe('what was spent', () => {
  test('is counted once for each call, by day, agent and role, and is what the books say', async () => {
    const user = guest();
    const callId = await talk(user, 20);
    await Promise.all([end(user, callId), end(user, callId)]);
    await talk(user, 10);
    await talk(member(), 30);
    const spend = await readSpend(7, Date.now());
    expect(spend.total).toMatchObject({ calls: 3, seconds: 60 });
    expect(spend.days).toHaveLength(7);
    expect(spend.days.at(-1)).toEqual({ ...spend.total, day: utcDay(Date.now()) });
    expect(spend.agents).toEqual([{ ...spend.total, title: 'Ada' }]);
    expect(spend.roles).toMatchObject([
      { role: 'guest', calls: 2, seconds: 30 },
      { role: 'user', calls: 1, seconds: 30 },
    ]);
    expect(spend.total.microUsd).toBe((await readSums('site')).spent);
    expect(spend.today.spentMicroUsd).toBe(spend.total.microUsd);
  });

  test('grows when a connection is hung up later, and counts no second call', async () => {
    const user = member();
    const { callId, rtcCallId } = await openAndConnect(user);
    passSeconds(20);
    await end(user, callId);
    const day = utcDay(Date.now());
    passSeconds(100);
    await correct({ callId, owner: user.id, day }, rtcCallId, Date.now());
    const { total } = await readSpend(7, Date.now());
    expect(total).toMatchObject({ calls: 1, seconds: 120 });
    expect(total.microUsd).toBe((await readSums('site')).spent);
  });

  test('shows what calls that go on hold, and not yet as spent', async () => {
    await open(member());
    const { today, total } = await readSpend(7, Date.now());
    expect(total.calls).toBe(0);
    expect(today.heldMicroUsd).toBeGreaterThan(0);
    expect(today).toMatchObject({ spentMicroUsd: 0, budgetMicroUsd: 1_000_000_000 });
  });

  test('is kept for more than 400 days', async () => {
    await talk(guest(), 5);
    const ttl = await fixture.redis.ttl(storeKeys.spend(utcDay(Date.now())));
    expect(ttl).toBeGreaterThan(400 * 86_400);
    expect(ttl).toBeLessThanOrEqual(KEEP_SPEND_SECONDS);
  });
});

describe('with 100,000 calls stored over 400 days', () => {
  const FILL = `
for i, key in ipairs(KEYS) do
  for _, who in ipairs({' ada guest', ' ada user', ' bob guest', ' bob user'}) do
    redis.call('HSET', key, ARGV[i] .. who, '63 6300 6300000')
  end
end
return redis.call('DBSIZE')`;
  const CALLS = `for i = 1, 100000 do
  redis.call('HSET', 'voice:call:call_' .. i, 'state', 'ended', 'chargedSeconds', '100') end return 1`;

  async function fill() {
    const days = listDays(400, Date.now());
    await fixture.redis.eval(FILL, days.map(storeKeys.spend), days);
    await fixture.redis.eval(CALLS, [], []);
  }

  test('a view costs seven commands at most, and the table for a spreadsheet is complete', async () => {
    await fill();
    const cost = await countCommands(() => readSpend(400, Date.now()));
    expect(cost.total, JSON.stringify(cost.byName)).toBeLessThanOrEqual(7);
    const { total } = await readSpend(400, Date.now());
    expect(total).toEqual({ calls: 100_800, seconds: 10_080_000, microUsd: 10_080_000_000 });
    const [head, ...rows] = await listSpendCells(400, Date.now());
    expect(head?.slice(0, 4)).toEqual(['day', 'agent', 'agent_title', 'role']);
    expect(rows).toHaveLength(1600);
    expect(rows[0]?.slice(1)).toEqual(['ada', 'Ada', 'guest', 63, 6300, 6.3]);
  });
});
