import { beforeEach, describe, expect, test, vi } from 'vitest';
import { parseErrorBody } from '@/lib/shared/errors';

const TOKEN = { authorization: 'Bearer token' };

/** Starts a process afresh: its settings are read once. */
async function startProcess(env: Record<string, string | undefined> = {}) {
  vi.resetModules();
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const [{ handle }, { authCookieName }] = await Promise.all([
    import('@/lib/server/http/handle'),
    import('@/lib/server/auth/cookies'),
  ]);
  const signedIn = (value: string | number) => `${authCookieName('session')}=${value}`;
  const routeOf = (perMinute: number) => {
    const route = handle({ perMinute }, async () => new Response('done'));
    return (headers: HeadersInit) => route(new Request('http://app.test/api', { headers }), {});
  };

  /** Returns how many of two hundred requests pass a route that takes three a minute. */
  async function countPassed(headersOf: (attempt: number) => Record<string, string>) {
    const send = routeOf(3);
    let passed = 0;
    for (let attempt = 0; attempt < 200; attempt++) {
      if ((await send(headersOf(attempt))).status === 200) passed += 1;
    }
    return passed;
  }
  return { countPassed, routeOf, signedIn };
}

beforeEach(() => {
  vi.stubEnv('LOG_LEVEL', 'silent');
  vi.stubEnv('NODE_ENV', 'production');
  vi.stubEnv('AUTH_SECRET', 'a-secret-of-more-than-32-characters');
  vi.stubEnv('CLIENT_IP_HEADER', 'x-real-ip');
  vi.spyOn(performance, 'now').mockReturnValue(0);
  return () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  };
});

describe('one process counts', () => {
  test('by each credential, whatever comes beside it', async () => {
    const { countPassed, signedIn } = await startProcess();
    const cookieBesideOthers = (n: number) => ({
      cookie: `other=${n}; ${signedIn('x')}`,
      authorization: `Basic ${n}`,
      'x-real-ip': `203.0.113.${n}`,
    });
    expect(await countPassed(cookieBesideOthers)).toBe(3);
    const decoys = (n: number) =>
      Array.from({ length: 20 }, (_, i) => `parley-0123456${i % 10}.session=${n}${i}`);
    expect(await countPassed((n) => ({ cookie: [...decoys(n), signedIn('x')].join('; ') }))).toBe(3);
    expect(await countPassed((n) => ({ cookie: `${decoys(n)[0]}; ${signedIn('x')}` }))).toBe(3);
    expect(await countPassed(() => TOKEN)).toBe(3);
    expect(await countPassed(() => ({ 'x-parley-token': 'token' }))).toBe(3);
  });

  test('by the network, ten times as many, whatever the cookies', async () => {
    const { countPassed, signedIn } = await startProcess();
    const address = { 'x-real-ip': '203.0.113.1' };
    expect(await countPassed((n) => ({ ...address, cookie: signedIn(n) }))).toBe(30);
    expect(await countPassed(() => address)).toBe(30);
    expect(await countPassed((n) => ({ 'x-real-ip': `203.0.113.${n}` }))).toBe(200);
    expect(await countPassed((n) => ({ 'x-real-ip': `2001:db8:1:${n}::1` }))).toBe(30);
  });

  test('not by a network that no header names, where there is a credential', async () => {
    const { countPassed, signedIn } = await startProcess({ CLIENT_IP_HEADER: undefined });
    expect(await countPassed((n) => ({ cookie: signedIn(n) }))).toBe(200);
    expect(await countPassed(() => ({}))).toBe(30);
  });

  test('more where the owner allows more calls, and never fewer', async () => {
    const many = await startProcess({ VOICE_CALLS_PER_MINUTE: '20' });
    expect(await many.countPassed(() => TOKEN)).toBe(12);
    const few = await startProcess({ VOICE_CALLS_PER_MINUTE: '1' });
    expect(await few.countPassed(() => TOKEN)).toBe(3);
  });

  test('each route for itself', async () => {
    const { countPassed } = await startProcess();
    expect(await countPassed(() => TOKEN)).toBe(3);
    expect(await countPassed(() => TOKEN)).toBe(3);
  });
});

test('a flood of visits to pages is refused, and files and the API are not counted with them', async () => {
  await startProcess();
  const { refuseFlood } = await import('@/lib/server/http/page-limit');
  const visit = (pathname: string) =>
    refuseFlood({ nextUrl: { pathname }, headers: new Headers({ authorization: 'Bearer token' }) });
  for (let count = 0; count < 500; count++) {
    expect(visit('/icon.svg')).toBeNull();
    expect(visit('/api/health')).toBeNull();
  }
  for (let count = 0; count < 180; count++) expect(visit('/calls')).toBeNull();
  const refusal = visit('/');
  expect(refusal?.status).toBe(429);
  expect(refusal?.headers.get('retry-after')).toBe('1');
  expect(await refusal?.text()).toContain('Wait 1 second');
});

test('a refusal says how long to wait', async () => {
  const { routeOf } = await startProcess();
  const send = routeOf(6);
  for (let count = 0; count < 6; count++) await send(TOKEN);
  const refused = await send(TOKEN);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('10');
  expect(parseErrorBody(await refused.json())).toMatchObject({
    code: 'rate_limited',
    retryAfterSeconds: 10,
  });
});
