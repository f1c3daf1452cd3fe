import { startRedis } from '@parley/redis-sandbox';
import { afterEach, expect, test, vi } from 'vitest';
import { utcDay } from '@/lib/server/money/utc-day';
import { unattendedWork } from '@/lib/server/platform/background';
import { countRefusal } from '@/lib/server/records/refusal-counts';
import { storeKeys } from '@/lib/server/store/store-keys';
import { createCallFixture } from '@/lib/server/testing/call-fixture';

const fixture = createCallFixture(startRedis, { PARLEY_KEEPS_RUNNING: 'false' });
afterEach(() => {
  vi.useRealTimers();
});

test('where a process freezes after its response, refusals are written before that, once in ten seconds', async () => {
  // No timer fires in a frozen process.
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout'] });
  const day = utcDay(Date.now());
  const written = async () => {
    await unattendedWork();
    return fixture.redis.hget(storeKeys.refusals(day), `${day} site_busy`);
  };
  const refuse = () => countRefusal({ code: 'site_busy', providerCause: undefined });
  refuse();
  expect(await written()).toBe(1);
  for (let i = 0; i < 20; i += 1) refuse();
  expect(await written()).toBe(1);
  vi.advanceTimersByTime(10_000);
  refuse();
  expect(await written()).toBe(22);
});
