import { startRedis } from '@parley/redis-sandbox';
import { expect, test, vi } from 'vitest';
import { startSweeping } from '@/lib/server/endings/deadline-timers';
import { createCallFixture, eventually } from '@/lib/server/testing/call-fixture';

createCallFixture(startRedis, { VOICE_CALL_SECONDS: '300' });

test('a new process looks every minute while a call of the last one may go on, then every quarter of an hour', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  const spy = vi.spyOn(globalThis, 'fetch');
  /** How often it has looked into the queue of deadlines. */
  const looks = () =>
    spy.mock.calls.reduce((sum, [, init]) => sum + (String(init?.body).match(/zcount/gi)?.length ?? 0), 0);
  startSweeping();
  const after = async (minutes: number, expected: number) => {
    for (let i = 0; i < minutes; i += 1) await vi.advanceTimersByTimeAsync(60_000);
    await eventually(() => expect(looks()).toBe(expected));
  };
  await after(6, 6);
  await after(8, 6);
  await after(1, 7);
  await after(14, 7);
  await after(1, 8);
  await Promise.all(spy.mock.results.map(({ value }) => value));
  spy.mockRestore();
});
