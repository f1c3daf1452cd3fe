import { beforeEach, describe, expect, test, vi } from 'vitest';
import { parseErrorBody } from '@/lib/shared/errors';

const TOKEN = { authorization: 'Bearer token' };
/** Node takes no larger headers. */
const LONGEST_COOKIE = 'a'.repeat(16_000);

/** Starts a process afresh: its settings are read once. */
async function startProcess(env: Record<string, string | undefined> = {}) {
  vi.resetModules();
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const [{ handle }, { authCookieName }] = await Promise.all([
    import('@/lib/server/http/handle'),
    import('@/lib/server/auth/cookies'),
  ]);
  const token = (value: string | number) => Buffer.from(`token ${value}`).toString('base64url');
  const signedIn = (value: string | number) => `${authCookieName('session')}=${token(value)}`;
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
  return { countPassed, routeOf, signedIn, token };
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

  test('one token as one, in whichever of the ways it is written that are read as the same', async () => {
    const { countPassed, signedIn, token } = await startProcess();
    const encoded = (text: string, at: number) =>
      `${text.slice(0, at)}%${text.charCodeAt(at).toString(16)}${text.slice(at + 1)}`;
    const cookie = signedIn('of somebody who writes it in many ways');
    const name = cookie.indexOf('=') + 1;
    expect(await countPassed((n) => ({ cookie: encoded(cookie, name + (n % 50)) }))).toBe(3);
    expect(await countPassed((n) => ({ cookie: `${cookie}${'!'.repeat(n)}` }))).toBe(3);
    expect(await countPassed((n) => ({ authorization: `Bearer${' '.repeat(n + 1)}${token('x')}` }))).toBe(3);
    expect(await countPassed((n) => ({ authorization: `Bearer ${token('x')}${'~'.repeat(n)}` }))).toBe(3);
    expect(await countPassed((n) => ({ 'x-parley-token': `${token('x')}${'~'.repeat(n)}` }))).toBe(3);
  });

  test('not by the password of a proxy, which all of its visitors share', async () => {
    const { countPassed } = await startProcess();
    const shared = (n: number) => ({ authorization: 'Basic c2hhcmVk', 'x-real-ip': `203.0.113.${n}` });
    expect(await countPassed(shared)).toBe(200);
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

  test('a signed message of QStash by its signature, whatever strangers send', async () => {
    const { countPassed, routeOf, token } = await startProcess({ CLIENT_IP_HEADER: undefined });
    expect(await countPassed((n) => ({ 'upstash-signature': `a.b.${token(n)}` }))).toBe(200);
    const send = routeOf(3);
    for (let count = 0; count < 100; count++) await send({});
    expect((await send({})).status).toBe(429);
    expect((await send({ 'upstash-signature': `a.b.${token('signed')}` })).status).toBe(200);
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

test('a flood of visits to pages is refused, and the liveness check and the API are not counted with them', async () => {
  await startProcess();
  const { refuseFlood } = await import('@/lib/server/http/limits/page');
  const visit = (pathname: string) =>
    refuseFlood({ nextUrl: { pathname }, headers: new Headers({ authorization: 'Bearer token' }) });
  for (let count = 0; count < 2000; count++) {
    expect(visit('/icon.svg')).toBeNull();
    expect(visit('/api/health')).toBeNull();
  }
  for (let count = 0; count < 180; count++) expect(visit('/calls')).toBeNull();
  const refusal = visit('/');
  expect(refusal?.status).toBe(429);
  expect(refusal?.headers.get('retry-after')).toBe('1');
  expect(await refusal?.text()).toContain('Wait 1 second');
});

test('a flood of visits to what looks like a file is refused too: each renders the page that says it is not there', async () => {
  await startProcess();
  const { refuseFlood } = await import('@/lib/server/http/limits/page');
  const visit = (count: number) =>
    refuseFlood({ nextUrl: { pathname: `/${count}.html` }, headers: new Headers(TOKEN) });
  const answers = Array.from({ length: 1000 }, (_, count) => visit(count)?.status ?? 200);
  expect(answers.filter((status) => status === 200)).toHaveLength(600);
  expect(refuseFlood({ nextUrl: { pathname: '/' }, headers: new Headers(TOKEN) })).toBeNull();
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

test('the longest cookie that names nobody is looked through in no time', async () => {
  const { routeOf } = await startProcess();
  const send = routeOf(1000);
  const before = process.cpuUsage();
  for (let count = 0; count < 20; count++) await send({ cookie: LONGEST_COOKIE });
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(500);
});
