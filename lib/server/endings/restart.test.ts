import { startRedis } from '@parley/redis-sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { unattendedWork } from '@/lib/server/platform/background';
import { PROCESS_STATE } from '@/lib/server/platform/process-state';
import { readCall } from '@/lib/server/records/stored-call';
import { storeKeys } from '@/lib/server/store/store-keys';
import { createCallFixture, eventually, openAndConnect, visitor } from '@/lib/server/testing/call-fixture';

const fixture = createCallFixture(startRedis, { VOICE_CALL_SECONDS: '300' });
const watchRequests = () => vi.spyOn(globalThis, 'fetch');
let requests: ReturnType<typeof watchRequests>;

/** Starts what another process has: nothing that this one knows. The calls of these tests are opened by this one. */
async function startOtherProcess(): Promise<void> {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, PROCESS_STATE);
  const { startSweeping } = await import('@/lib/server/endings/deadline-timers');
  startSweeping();
}

/** How often it has looked into the queue of deadlines. */
const looks = () =>
  requests.mock.calls.reduce(
    (sum, [, init]) => sum + (String(init?.body).match(/"zrange"/gi)?.length ?? 0),
    0,
  );

/** Opens a call at the process that will have died. Returns its id. */
async function openHere() {
  const { callId } = await openAndConnect(visitor());
  await unattendedWork();
  requests.mockClear();
  return callId;
}

async function passMinutes(minutes: number): Promise<void> {
  for (let i = 0; i < minutes; i += 1) {
    await vi.advanceTimersByTimeAsync(60_000);
    // A turn is over before the next.
    await Promise.all(requests.mock.results.map(({ value }) => value));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

beforeEach(async () => {
  await fixture.redis.del(storeKeys.deadlines);
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: Date.now() });
  requests = watchRequests();
});
afterEach(() => {
  vi.clearAllTimers();
  requests.mockRestore();
});

test('a new process looks after a minute, then ten times an hour while there are no calls', async () => {
  await startOtherProcess();
  await passMinutes(1);
  expect(looks()).toBe(1);
  await passMinutes(5);
  expect(looks()).toBe(1);
  await passMinutes(1);
  expect(looks()).toBe(2);
  await passMinutes(54);
  expect(looks()).toBe(11);
});

test('a call of a process that died is ended within a minute of its deadline by one that has seen it, without looks between', async () => {
  const callId = await openHere();
  await startOtherProcess();
  await passMinutes(5);
  expect(looks()).toBe(1);
  await passMinutes(1);
  await eventually(async () =>
    expect(await readCall(callId)).toMatchObject({ state: 'ended', reason: 'time_limit' }),
  );
  expect(looks()).toBe(2);
});

test('a call that began and whose process died between two looks is ended a minute after its deadline', async () => {
  await startOtherProcess();
  await passMinutes(1);
  const callId = await openHere();
  await passMinutes(5);
  expect(await readCall(callId)).toMatchObject({ state: 'connected' });
  await passMinutes(1);
  await eventually(async () =>
    expect(await readCall(callId)).toMatchObject({
      state: 'ended',
      reason: 'time_limit',
      chargedSeconds: 360,
    }),
  );
});

test('a look that the database does not answer is made again at the next turn', async () => {
  await startOtherProcess();
  await passMinutes(1);
  await passMinutes(5);
  requests.mockRestore();
  const reconnect = fixture.cutDatabase();
  await vi.advanceTimersByTimeAsync(60_000);
  // The client tries a second time on its own.
  await eventually(() => expect(vi.mocked(globalThis.fetch).mock.calls).toHaveLength(2));
  reconnect();
  requests = watchRequests();
  await passMinutes(1);
  expect(looks()).toBe(1);
});
