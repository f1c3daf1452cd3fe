import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { startService } from './service.ts';

/** Finishes its last request when it is told to, and hears SIGTERM without ending. */
const SLOW = `
process.on('SIGTERM', () => process.send('stopping'));
process.on('message', () => process.exit(0));
process.send('ready');
`;
/** A relayed offer takes nine seconds at most, and giving back what was held takes five. */
const SLOWEST_REQUEST_MS = 14_000;

afterEach(() => {
  vi.useRealTimers();
});

async function stopSlowly(afterMs: number, { finishes }: { finishes: boolean }) {
  const service = startService({
    name: 'A slow program',
    directory: fileURLToPath(new URL('.', import.meta.url)),
    args: ['-e', SLOW],
    env: process.env,
    output: ['ignore', 'inherit'],
  });
  await once(service.process, 'message');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const stopped = service.stop();
  await once(service.process, 'message');
  vi.advanceTimersByTime(afterMs);
  if (finishes) service.process.send('finish', () => {});
  await stopped;
  return service.ended;
}

test('a program may finish its slowest request before it is killed', async () => {
  expect(await stopSlowly(SLOWEST_REQUEST_MS, { finishes: true })).toBe(
    'A slow program ended (exit code 0).',
  );
});

test('a program that never finishes is killed', async () => {
  expect(await stopSlowly(60_000, { finishes: false })).toBe('A slow program ended (SIGKILL).');
});
