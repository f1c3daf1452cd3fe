import { startRedis } from '@parley/redis-sandbox';
import { expect, test } from 'vitest';
import { readTrouble } from '@/lib/server/console/trouble/read-trouble';
import { AppError } from '@/lib/server/platform/app-error';
import { unattendedWork } from '@/lib/server/platform/background';
import { countRefusal } from '@/lib/server/records/refusal-counts';
import { createCallFixture } from '@/lib/server/testing/call-fixture';
import { countCommands } from '@/lib/server/testing/count-commands';

// No process outlives a request here, so no timer can be waited for.
createCallFixture(startRedis, { PARLEY_KEEPS_RUNNING: 'false' });

const countOne = async () => {
  countRefusal(new AppError('rate_limited'));
  await unattendedWork();
};
const counted = async () => (await readTrouble(7, Date.now())).refusals.map(({ count }) => count);

test('where a process may be frozen after each response, a refusal is written with it, and a flood costs nothing', async () => {
  await countOne();
  expect(await counted()).toEqual([1]);
  const flood = await countCommands(async () => {
    for (let i = 0; i < 100; i += 1) await countOne();
  });
  expect(flood.total).toBe(0);
});
