import { type EmbeddedRedis, startRedis } from '@parley/redis-sandbox';
import { Redis } from '@upstash/redis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { DeepHealth, Health } from '@/lib/shared/contract';
import { CallId } from '@/lib/shared/ids';

const CRON_SECRET = 'a-cron-secret-of-24-chars';
const DEPLOYED = {
  NODE_ENV: 'production',
  LOG_LEVEL: 'silent',
  OPENAI_API_KEY: 'sk-1',
  AUTH_SECRET: 'a-secret-of-more-than-32-characters',
  AUTH_GUEST: 'true',
  NEXTAUTH_URL: 'https://voice.example.com',
  CRON_SECRET,
};
const BY_CRON = { PARLEY_KEEPS_RUNNING: '0', CRON_INTERVAL_SECONDS: '60' };

let engine: EmbeddedRedis;
beforeAll(async () => {
  engine = await startRedis();
});
afterAll(() => engine.close());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Settings are read once per process, so each case loads the routes again. */
async function deploy(env: Record<string, string> = {}) {
  vi.resetModules();
  const redis = { UPSTASH_REDIS_REST_URL: engine.url, UPSTASH_REDIS_REST_TOKEN: engine.token };
  for (const [name, value] of Object.entries({ ...DEPLOYED, ...redis, ...env })) vi.stubEnv(name, value);
  const [health, reap] = await Promise.all([
    import('@/app/api/health/route'),
    import('@/app/api/cron/reap/route'),
  ]);
  const owner = { authorization: `Bearer ${CRON_SECRET}` };
  const request = (headers: Record<string, string>) => new Request('https://voice.example.com/', { headers });
  return {
    ask: async (headers: Record<string, string> = {}) => health.GET(request(headers), {}),
    askAsOwner: () => health.GET(request(owner), {}),
    reap: () => reap.GET(request(owner), {}),
  };
}

const read = async (response: Response) => ({
  status: response.status,
  body: Health.parse(await response.json()),
});
const readDeep = async (response: Response) => ({
  status: response.status,
  body: DeepHealth.parse(await response.json()),
});

test('in public it costs one request to the database in ten seconds, however often it is asked', async () => {
  const { ask } = await deploy();
  const fetched = vi.spyOn(globalThis, 'fetch');
  for (let time = 0; time < 20; time += 1) {
    expect(await read(await ask())).toEqual({ status: 200, body: { ok: true, sandbox: false } });
  }
  expect(fetched).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(10_000);
  await ask();
  expect(fetched).toHaveBeenCalledTimes(2);
});

test('a host that asks whether to send visitors here is answered, though a stranger asks fifty times a second', async () => {
  const { ask } = await deploy();
  for (let time = 0; time < 3000; time += 1) await ask();
  expect((await ask()).status).toBe(200);
});

test('what is missing is named, without a request to the database', async () => {
  const { ask } = await deploy({ NEXTAUTH_URL: '', AUTH_GUEST: 'false' });
  const fetched = vi.spyOn(globalThis, 'fetch');
  const missing = ['NEXTAUTH_URL', 'AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET'];
  expect(await read(await ask())).toEqual({ status: 503, body: { ok: false, missing, problems: [] } });
  expect(fetched).not.toHaveBeenCalled();
});

test('the owner hears more, and the database is really written to; nobody else does', async () => {
  const { ask, askAsOwner } = await deploy();
  expect(await readDeep(await askAsOwner())).toEqual({
    status: 200,
    body: {
      ok: true,
      sandbox: false,
      missing: [],
      problems: [],
      notes: [expect.stringContaining('VOICE_GUEST_BUDGET_USD_PER_DAY')],
      host: 'process',
      endsCallsBy: 'timer',
      lastSweep: null,
    },
  });
  expect((await ask({ authorization: 'Bearer wrong' })).status).toBe(401);
  // A password for a proxy in front is none for us.
  expect((await read(await ask({ authorization: 'Basic dTpw' }))).body).toEqual({ ok: true, sandbox: false });
});

test('a database that refuses is a problem with a name, for the owner', async () => {
  const { ask, askAsOwner } = await deploy({ UPSTASH_REDIS_REST_TOKEN: 'another' });
  expect((await ask()).status).toBe(503);
  expect(await readDeep(await askAsOwner())).toMatchObject({
    status: 503,
    body: { ok: false, problems: ['store_refused'] },
  });
});

test('a database that refuses says nothing of the scheduler', async () => {
  const { askAsOwner } = await deploy({ ...BY_CRON, UPSTASH_REDIS_REST_TOKEN: 'another' });
  expect((await readDeep(await askAsOwner())).body).toMatchObject({ problems: ['store_refused'] });
});

test('where a scheduler ends calls, one that is late makes the site unhealthy', async () => {
  const { ask, askAsOwner, reap } = await deploy(BY_CRON);
  const late = { ok: false, problems: ['sweep_late'] };
  expect(await read(await ask())).toMatchObject({ status: 503, body: late });
  expect((await reap()).status).toBe(200);
  vi.advanceTimersByTime(10_000);
  expect(await read(await ask())).toMatchObject({ status: 200 });
  expect((await readDeep(await askAsOwner())).body).toMatchObject({
    endsCallsBy: 'cron',
    lastSweep: new Date(Date.now() - 10_000).toISOString(),
  });
  vi.advanceTimersByTime(171_000);
  expect(await read(await ask())).toMatchObject({ status: 503, body: late });
  expect(await readDeep(await askAsOwner())).toMatchObject({ status: 503, body: late });
});

test('a late scheduler is in the log whenever a call connects, for a site without a monitor', async () => {
  await deploy(BY_CRON);
  const [{ log }, { watchDeadline }] = await Promise.all([
    import('@/lib/server/platform/log'),
    import('@/lib/server/endings/deadline-timers'),
  ]);
  const errors = vi.spyOn(log(), 'error').mockImplementation(() => {});
  await new Redis({ url: engine.url, token: engine.token, enableTelemetry: false }).del('voice:last-sweep');
  watchDeadline(CallId.parse('call_1'), Date.now() + 60_000);
  await vi.waitFor(() =>
    expect(errors).toHaveBeenCalledWith({ problem: 'sweep_late' }, expect.stringContaining('/api/cron/reap')),
  );
});

test('where something else ends calls, no scheduler is waited for', async () => {
  const { ask } = await deploy();
  expect(await read(await ask())).toMatchObject({ status: 200 });
});
