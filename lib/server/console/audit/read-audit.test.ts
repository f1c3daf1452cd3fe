import { startRedis } from '@parley/redis-sandbox';
import { beforeEach, expect, test } from 'vitest';
import { readAudit, readCursor } from '@/lib/server/console/audit/read-audit';
import { storeKeys } from '@/lib/server/store/store-keys';
import { createCallFixture } from '@/lib/server/testing/call-fixture';
import { countCommands } from '@/lib/server/testing/count-commands';

const fixture = createCallFixture(startRedis);

beforeEach(() => fixture.redis.flushdb());

const TRAILS = [storeKeys.audit, storeKeys.guestAudit, storeKeys.refusalAudit];
const FILL = `for trail, key in ipairs(KEYS) do for i = 1, tonumber(ARGV[1]) do
  redis.call('XADD', key, i .. '-0', 'event', 'call_ended', 'user', 'person-' .. i % 100, 'trail', trail, 'seconds', i)
end end return 1`;
const fill = (count: number) => fixture.redis.eval(FILL, TRAILS, [count]);

/** Reads page after page. */
async function readAll(who: string | null) {
  const keys: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await readAudit(who, cursor);
    keys.push(...page.entries.map(({ key }) => key));
    cursor = page.older;
  } while (cursor !== null);
  return keys;
}

test('page by page every entry of every trail comes once, the latest first', async () => {
  await fill(90);
  const keys = await readAll(null);
  expect(keys).toHaveLength(270);
  expect(new Set(keys).size).toBe(270);
  expect(keys.slice(0, 4)).toEqual(['90-0.0', '90-0.1', '90-0.2', '89-0.0']);
  expect(keys.at(-1)).toBe('1-0.2');
});

test('of one person come their own entries, and those in which somebody acts on them', async () => {
  await fill(300);
  const blocked = { event: 'person_blocked', user: 'the-owner', who: 'person-7' };
  await fixture.redis.xadd(storeKeys.audit, '500-0', blocked);
  const keys = await readAll('person-7');
  expect(keys).toHaveLength(10);
  expect(keys[0]).toBe('500-0.0');
  expect((await readAudit('person-7', null)).entries[1]).toEqual({
    key: '207-0.0',
    atMs: 207,
    event: 'call_ended',
    user: 'person-7',
    details: { trail: '1', seconds: '207' },
  });
});

test('a view costs four commands, however many entries there are', async () => {
  await fill(5_000);
  expect((await countCommands(() => readAudit(null, null))).total).toBeLessThanOrEqual(4);
  expect((await countCommands(() => readAudit('person-7', null))).total).toBe(4);
});

test('an empty trail is an empty page, and what is no place in it counts as none', async () => {
  expect(await readAudit(null, null)).toEqual({ entries: [], older: null });
  for (const text of ['', '1-0', '1-0.3', '+', ['1-0.1']]) expect(readCursor(text)).toBeNull();
  expect(readCursor('12-0.1')).toBe('12-0.1');
});
