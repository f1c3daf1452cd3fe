import { startRedis } from '@parley/redis-sandbox';
import { beforeEach, expect, test, vi } from 'vitest';
import { readTrouble } from '@/lib/server/console/trouble/read-trouble';
import { retryGivenUp } from '@/lib/server/console/trouble/retry-hang-up';
import { reapAll } from '@/lib/server/endings/reap';
import { AppError } from '@/lib/server/platform/app-error';
import { auditRefusal } from '@/lib/server/records/audit';
import { countRefusal, writeRefusals } from '@/lib/server/records/refusal-counts';
import { readCall } from '@/lib/server/records/stored-call';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  createCallFixture,
  end,
  eventually,
  guest,
  open,
  openAndConnect,
  passSeconds,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { countCommands } from '@/lib/server/testing/count-commands';
import { UserId } from '@/lib/shared/ids';

const fixture = createCallFixture(startRedis);
const ADMIN = UserId.parse('github_1');

beforeEach(async () => {
  await writeRefusals();
  await fixture.redis.flushdb();
});

const now = () => readTrouble(30, Date.now());

test('refusals are counted by cause, those of the provider with what the owner can do', async () => {
  const user = visitor();
  await open(user);
  for (let i = 0; i < 3; i += 1)
    await open(user)
      .catch(auditRefusal(user.id))
      .catch(() => undefined);
  passSeconds(24 * 3600);
  countRefusal(new AppError('provider_refused', { providerCause: 'no_credit' }));
  await writeRefusals();
  expect((await now()).refusals).toEqual([
    {
      cause: 'already_in_call',
      count: 3,
      today: 0,
      says: expect.stringContaining('already have a call open'),
      cure: null,
    },
    {
      cause: 'provider_refused no_credit',
      count: 1,
      today: 1,
      says: expect.stringContaining('no credit'),
      cure: expect.stringContaining('Add credit'),
    },
  ]);
});

test('a thousand refusals cost a command for each cause, and one for a new one; what fails is written later', async () => {
  const refuse = () => {
    for (let i = 0; i < 1000; i += 1) countRefusal(new AppError('rate_limited'));
  };
  refuse();
  expect((await countCommands(writeRefusals)).total).toBe(2);
  refuse();
  const mend = fixture.cutDatabase();
  await writeRefusals();
  mend();
  refuse();
  expect((await countCommands(writeRefusals)).total).toBe(1);
  expect((await now()).refusals).toMatchObject([{ cause: 'rate_limited', count: 3000 }]);
});

test('refusals are written by themselves within ten seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  countRefusal(new AppError('site_busy'));
  vi.advanceTimersByTime(10_000);
  vi.useRealTimers();
  await eventually(async () => expect((await now()).refusals).toMatchObject([{ cause: 'site_busy' }]));
});

/** A call whose hang-up fails for two hours. */
async function giveUp() {
  const user = guest();
  const { callId, rtcCallId } = await openAndConnect(user);
  fixture.provider.next.hangUp = { status: 500, body: '' };
  passSeconds(10);
  await end(user, callId);
  expect((await now()).stillTried).toBe(1);
  passSeconds(2 * 3600);
  await reapAll(Date.now() + 1000);
  return { callId, rtcCallId };
}

test('a hang-up that was given up is listed, and tried again until the connection is gone; then nothing is asked', async () => {
  const { callId, rtcCallId } = await giveUp();
  expect(await now()).toMatchObject({ stillTried: 0, givenUp: [{ callId, rtcCallId, sinceMs: Date.now() }] });
  expect(await retryGivenUp(callId, rtcCallId, ADMIN)).toBe(false);
  expect((await now()).givenUp).toHaveLength(1);
  fixture.provider.reset();
  expect(await retryGivenUp(callId, rtcCallId, ADMIN)).toBe(true);
  expect((await now()).givenUp).toEqual([]);
  const asked = fixture.provider.hangUps().length;
  expect(await retryGivenUp(callId, rtcCallId, ADMIN)).toBe(true);
  expect(fixture.provider.hangUps()).toHaveLength(asked);
  // It may have talked all the time: up to the hour after which the provider ends a connection.
  expect(await readCall(callId)).toMatchObject({ chargedSeconds: 3600 });
});

test('a view costs eight commands at most, with 100,000 open calls', async () => {
  const fill = `for i = 1, 100000 do redis.call('ZADD', KEYS[1], i, 'call_' .. i .. ' guests') end return 1`;
  await fixture.redis.eval(fill, [storeKeys.deadlines], []);
  expect((await countCommands(() => readTrouble(400, Date.now()))).total).toBeLessThanOrEqual(8);
});
