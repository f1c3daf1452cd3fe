import { afterEach, beforeEach, expect, type MockInstance, test, vi } from 'vitest';
import { PROCESS_STATE } from '@/lib/server/platform/process-state';

type Listener = NodeJS.SignalsListener;

/** As in a new process, with a server whose own end is `nextEnds`. */
async function prepare(env: Record<string, string> = {}) {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, PROCESS_STATE);
  for (const [name, value] of Object.entries({ LOG_LEVEL: 'silent', ...env })) vi.stubEnv(name, value);
  const nextEnds = vi.fn<Listener>();
  process.on('SIGTERM', nextEnds);
  const { isDraining, prepareShutdown } = await import('@/lib/server/platform/shutdown');
  const { runUnattended } = await import('@/lib/server/platform/background');
  prepareShutdown();
  // As in development, whenever a file changes.
  prepareShutdown();
  return { nextEnds, isDraining, runUnattended };
}

let listeners: Listener[];
let timeouts: MockInstance<typeof setTimeout>;
beforeEach(() => {
  timeouts = vi.spyOn(globalThis, 'setTimeout');
  listeners = process.listeners('SIGTERM');
  process.removeAllListeners('SIGTERM');
  vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
});
afterEach(() => {
  // One ends the process after 25 s, and with it whatever other tests it runs by then.
  for (const { value } of timeouts.mock.results) clearTimeout(value);
  process.removeAllListeners('SIGTERM');
  for (const listener of listeners) process.on('SIGTERM', listener);
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test('SIGTERM reaches the server at once, and once', async () => {
  const { nextEnds, isDraining } = await prepare();
  expect(isDraining()).toBe(false);
  process.emit('SIGTERM', 'SIGTERM');
  process.emit('SIGTERM', 'SIGTERM');
  expect(isDraining()).toBe(true);
  await vi.waitFor(() => expect(nextEnds).toHaveBeenCalledExactlyOnceWith('SIGTERM'));
});

test('a process in which Next runs no server ends as before', async () => {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, PROCESS_STATE);
  const { prepareShutdown } = await import('@/lib/server/platform/shutdown');
  prepareShutdown();
  expect(process.listeners('SIGTERM')).toEqual([]);
});

test('DRAIN_SECONDS pass first, in which the process only says that it leaves', async () => {
  const { nextEnds, isDraining } = await prepare({ DRAIN_SECONDS: '1' });
  const sentAtMs = performance.now();
  process.emit('SIGTERM', 'SIGTERM');
  expect(isDraining()).toBe(true);
  await vi.waitFor(() => expect(nextEnds).toHaveBeenCalledOnce(), { timeout: 5000 });
  expect(performance.now() - sentAtMs).toBeGreaterThan(950);
});

test('work that belongs to no request is finished before', async () => {
  const { nextEnds, runUnattended } = await prepare();
  let finish = () => {};
  void runUnattended('hang-up', () => new Promise<void>((resolve) => (finish = resolve)));
  process.emit('SIGTERM', 'SIGTERM');
  await new Promise((done) => setTimeout(done, 50));
  expect(nextEnds).not.toHaveBeenCalled();
  finish();
  await vi.waitFor(() => expect(nextEnds).toHaveBeenCalledOnce());
});

test('what takes longer than SHUTDOWN_SECONDS is cut off', async () => {
  await prepare({ SHUTDOWN_SECONDS: '1' });
  process.emit('SIGTERM', 'SIGTERM');
  await vi.waitFor(() => expect(process.exit).toHaveBeenCalledWith(143), { timeout: 5000 });
});
