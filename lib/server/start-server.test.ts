import { afterEach, expect, test, vi } from 'vitest';
import { PROCESS_STATE } from '@/lib/server/platform/process-state';
import { BUILD } from '@/lib/shared/build';

const PREVIEW = {
  NODE_ENV: 'production',
  VERCEL: '1',
  VERCEL_ENV: 'preview',
  VERCEL_URL: 'x-git-y.vercel.app',
  NEXTAUTH_URL: 'https://voice.example.com',
};

/** Settings are read once per process, so each case loads the modules again. Returns what the server logged. */
async function start(env: Record<string, string>) {
  vi.resetModules();
  vi.stubEnv('LOG_LEVEL', 'info');
  // No database: its check is tested in store/check-store.test.
  for (const name of ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN']) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const { log } = await import('@/lib/server/platform/log');
  const lines: unknown[][] = [];
  for (const level of ['info', 'warn', 'error'] as const) {
    vi.spyOn(log(), level).mockImplementation((...line: unknown[]) => void lines.push([level, ...line]));
  }
  const { startServer } = await import('@/lib/server/start-server');
  startServer();
  return lines;
}
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test('next-auth, which reads the variable itself, does not send a preview’s visitors to production', async () => {
  await start(PREVIEW);
  expect(process.env.NEXTAUTH_URL).toBeUndefined();
  await start({ ...PREVIEW, VERCEL_ENV: 'production' });
  expect(process.env.NEXTAUTH_URL).toBe('https://voice.example.com');
});

test('the log says which host, build and Node this is, and that it opens no call that nothing would end', async () => {
  const lines = await start({ ...PREVIEW, VERCEL_ENV: 'production' });
  expect(lines).toContainEqual([
    'info',
    { host: 'vercel', endsCallsBy: null, build: BUILD, node: process.version },
    'starting',
  ]);
  const missing = expect.arrayContaining(['QSTASH_TOKEN']);
  expect(lines).toContainEqual(['error', { missing }, expect.stringContaining('No call can be opened')]);
});

test.each<[string, Record<string, string>, boolean]>([
  ['no address', { AUTH_GITHUB_ID: 'i', AUTH_GITHUB_SECRET: 's' }, true],
  ['guests alone', { ADMIN_EMAILS: 'ann@example.com', AUTH_GUEST: 'true' }, true],
  ['both', { ADMIN_EMAILS: 'ann@example.com', AUTH_GITHUB_ID: 'i', AUTH_GITHUB_SECRET: 's' }, false],
])('the log says whether nobody can be an administrator: with %s', async (_, settings, says) => {
  const lines = await start({ NODE_ENV: 'production', ...settings });
  expect(lines.some((line) => /^Nobody can be an administrator.*ADMIN_EMAILS/.test(String(line[1])))).toBe(
    says,
  );
});

test('the log says in one sentence what it means to trust strangers with a secret', async () => {
  const risk = { VOICE_CONNECT: 'direct', VOICE_ALLOW_DIRECT_STRANGERS_AT_MY_OWN_RISK: 'true' };
  const lines = await start({ NODE_ENV: 'production', ...risk });
  expect(lines).toContainEqual([
    'warn',
    expect.stringMatching(/^Strangers connect directly: .* you pay for them\.$/),
  ]);
});

test.each<[string, Record<string, string>, boolean]>([
  ['a process that lives on', {}, true],
  ['Cloud Run, which stops one that does not', { K_SERVICE: 'voice' }, true],
  ['Vercel', { VERCEL: '1' }, false],
])('SHUTDOWN_SECONDS counts on %s', async (_, host, counts) => {
  const listeners = process.listeners('SIGTERM');
  const nextEnds = () => undefined;
  process.on('SIGTERM', nextEnds);
  Reflect.deleteProperty(globalThis, PROCESS_STATE);
  await start({ NODE_ENV: 'production', ...host });
  const now = process.listeners('SIGTERM');
  process.removeAllListeners('SIGTERM');
  for (const listener of listeners) process.on('SIGTERM', listener);
  expect(now.includes(nextEnds)).toBe(!counts);
});
