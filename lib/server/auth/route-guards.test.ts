import { beforeEach, describe, expect, test, vi } from 'vitest';

const CRON_SECRET = 'a-cron-secret-of-24-chars';

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv('LOG_LEVEL', 'silent');
  vi.stubEnv('AUTH_SECRET', 'a-secret-of-more-than-32-characters');
  return () => vi.unstubAllEnvs();
});

describe('the route of the scheduler', () => {
  async function knock(cronSecret: string | undefined, headers: Record<string, string>) {
    vi.stubEnv('CRON_SECRET', cronSecret);
    const { requireCronSecret } = await import('@/lib/server/endings/cron-guards');
    const { handle } = await import('@/lib/server/http/handle');
    const open = handle({ perMinute: 1000 }, async (request) => {
      requireCronSecret(request);
      return new Response('open');
    });
    return open(new Request('http://app.test/api/cron/reap', { headers }), {});
  }

  test('opens for the secret', async () => {
    expect((await knock(CRON_SECRET, { authorization: `Bearer ${CRON_SECRET}` })).status).toBe(200);
  });

  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['another secret', { authorization: 'Bearer another-secret-of-24-chars' }],
    ['the beginning of it', { authorization: `Bearer ${CRON_SECRET.slice(0, -1)}` }],
    ['another scheme', { authorization: `Basic ${CRON_SECRET}` }],
  ])('stays closed for %s', async (_, headers) => {
    const answer = await knock(CRON_SECRET, headers);
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain(CRON_SECRET);
  });

  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['an empty secret', { authorization: 'Bearer ' }],
    ['the word for nothing', { authorization: 'Bearer null' }],
  ])('without a secret, stays closed for %s and names what its owner has to set', async (_, headers) => {
    const answer = await knock(undefined, headers);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      error: { code: 'not_configured', message: expect.stringContaining('CRON_SECRET is not set') },
    });
  });
});

describe('what next-auth would leave open', () => {
  const send = async (method: 'GET' | 'POST', nextauth: string[], headers: Record<string, string> = {}) => {
    const routes = await import('@/app/api/auth/[...nextauth]/route');
    const request = new Request(`http://app.test/api/auth/${nextauth.join('/')}`, {
      method,
      headers,
      ...(method === 'POST' ? { body: 'code=SIGNIN_canary&level=error' } : {}),
    });
    return routes[method](request, { params: Promise.resolve({ nextauth }) });
  };

  const visit = (method: 'GET' | 'POST', ...nextauth: string[]) => send(method, nextauth);

  test.each(['https://elsewhere.test', 'null', 'http://app.test.elsewhere.test'])(
    'a page of %s signs nobody in or out',
    async (origin) => {
      const headers = { host: 'app.test', origin, 'content-type': 'application/x-www-form-urlencoded' };
      for (const path of [['signout'], ['callback', 'guest'], ['signin', 'github']]) {
        const answer = await send('POST', path, headers);
        expect(answer.status).toBe(403);
        expect(await answer.json()).toMatchObject({ error: { code: 'origin_refused' } });
      }
    },
  );

  test('the 61st sign-in as a guest in an hour is refused, for this network alone', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    vi.stubEnv('AUTH_GUEST', 'true');
    vi.stubEnv('CLIENT_IP_HEADER', 'x-real-ip');
    vi.stubEnv('VOICE_CALLS_PER_MINUTE', '1000');
    const signIn = (address: string) =>
      send('POST', ['callback', 'guest'], {
        host: 'app.test',
        'content-type': 'application/x-www-form-urlencoded',
        'x-real-ip': address,
      });
    const statuses = await Promise.all(Array.from({ length: 61 }, () => signIn('203.0.113.1')));
    expect(statuses.filter(({ status }) => status === 429)).toHaveLength(1);
    expect((await signIn('203.0.113.1')).status).toBe(429);
    expect((await signIn('203.0.113.2')).status).not.toBe(429);
  });

  test('no client can write into the log and the audit trail', async () => {
    expect((await visit('POST', '_log')).status).toBe(404);
    expect((await visit('POST', '_log', 'x')).status).toBe(404);
  });

  test('the guest’s form cannot be opened as a page', async () => {
    expect((await visit('GET', 'callback', 'guest')).status).toBe(404);
    expect((await visit('GET', 'callback', 'guest', 'x')).status).toBe(404);
  });
});
