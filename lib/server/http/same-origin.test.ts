import { describe, expect, test, vi } from 'vitest';

interface Case {
  env?: Record<string, string>;
  headers: Record<string, string>;
}

/** Settings are read once per process, so each case loads the modules again. */
async function isAllowed({ env = {}, headers }: Case): Promise<boolean> {
  vi.resetModules();
  vi.stubEnv('NEXTAUTH_URL', env.NEXTAUTH_URL);
  vi.stubEnv('AUTH_TRUST_HOST', env.AUTH_TRUST_HOST);
  vi.stubEnv('VERCEL', env.VERCEL);
  vi.stubEnv('VOICE_ALLOWED_HOSTS', env.VOICE_ALLOWED_HOSTS);
  const { requireSameOrigin } = await import('@/lib/server/http/same-origin');
  try {
    requireSameOrigin(new Request('http://ignored.test/', { method: 'POST', headers }));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'origin_refused') return false;
    throw error;
  } finally {
    vi.unstubAllEnvs();
  }
}

const host = 'localhost:3000';

describe('on the app itself', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['its own page', { host, origin: 'http://localhost:3000' }, true],
    ['another port', { host, origin: 'http://localhost:3001' }, false],
    ['another host', { host, origin: 'http://evil.test' }, false],
    ['another scheme', { host, origin: 'https://localhost:3000' }, false],
    ['a longer host', { host, origin: 'http://localhost:3000.evil.test' }, false],
    ['a path behind it', { host, origin: 'http://localhost:3000/' }, false],
    ['an opaque origin', { host, origin: 'null' }, false],
    ['an empty origin', { host, origin: '' }, false],
    ['a trailing dot', { host, origin: 'http://localhost.:3000' }, false],
    ['capitals, which no browser sends', { host, origin: 'HTTP://LOCALHOST:3000' }, false],
    [
      'its own page, by a Host in capitals',
      { host: 'LOCALHOST:3000', origin: 'http://localhost:3000' },
      true,
    ],
    ['the port of the scheme, spelt out by Host', { host: 'app.test:80', origin: 'http://app.test' }, true],
    ['a Host that makes no address', { host: 'a b', origin: 'http://a b' }, false],
    ['no origin', { host }, false],
    ['no origin, but the browser vouches', { host, 'sec-fetch-site': 'same-origin' }, true],
    ['no origin, from a sub-domain', { host, 'sec-fetch-site': 'same-site' }, false],
    [
      'a foreign origin, whatever the browser says',
      { host, origin: 'http://evil.test', 'sec-fetch-site': 'same-origin' },
      false,
    ],
    ['a forged proxy header', { host, origin: 'http://evil.test', 'x-forwarded-host': 'evil.test' }, false],
  ])('%s', async (_, headers, allowed) => {
    expect(await isAllowed({ headers })).toBe(allowed);
  });
});

describe('behind a proxy', () => {
  const headers = { host: '10.0.0.1', 'x-forwarded-host': 'voice.example.com', 'x-forwarded-proto': 'https' };
  const origin = 'https://voice.example.com';
  test.each<[string, Record<string, string>, boolean]>([
    ['trusted by AUTH_TRUST_HOST', { AUTH_TRUST_HOST: '1' }, true],
    ['trusted on Vercel', { VERCEL: '1' }, true],
    ['not trusted', {}, false],
    ['named by NEXTAUTH_URL', { NEXTAUTH_URL: 'https://voice.example.com' }, true],
    ['named otherwise by NEXTAUTH_URL', { NEXTAUTH_URL: 'https://other.example.com', VERCEL: '1' }, false],
  ])('%s', async (_, env, allowed) => {
    expect(await isAllowed({ env, headers: { ...headers, origin } })).toBe(allowed);
  });
});

describe('VOICE_ALLOWED_HOSTS', () => {
  const env = { VOICE_ALLOWED_HOSTS: 'app.example.com, *.partner.example, localhost:4000' };
  test.each([
    ['https://app.example.com', true],
    ['http://app.example.com', false],
    ['https://app.example.com:444', false],
    ['https://app.example.com:443', false],
    ['https://app.example.com.', false],
    ['HTTPS://APP.EXAMPLE.COM', false],
    ['https://app.example.com/path', false],
    ['https://x@app.example.com', false],
    ['https://app.example.com@evil.test', false],
    ['https://a.partner.example.', false],
    ['https://.partner.example', false],
    ['null', false],
    ['https://x.app.example.com', false],
    ['https://a.partner.example', true],
    ['https://a.b.partner.example', true],
    ['https://partner.example', false],
    ['https://evilpartner.example', false],
    ['http://localhost:4000', true],
    ['https://app.example.com.evil.test', false],
    ['not a url', false],
  ])('%s: %s', async (origin, allowed) => {
    expect(await isAllowed({ env, headers: { host, origin } })).toBe(allowed);
  });
});

test.each<[string, Record<string, string>, string]>([
  ['its own address', { host, origin: 'http://localhost:3000' }, 'http://localhost:3000'],
  ['another name of it', { host, origin: 'https://app.example.com' }, 'https://app.example.com'],
  ['no address: a native app', { host }, 'http://localhost:3000'],
  ['a foreign page, whose token let it in', { host, origin: 'https://evil.test' }, 'http://localhost:3000'],
])('the site is visited under %s', async (_, headers, expected) => {
  vi.resetModules();
  vi.stubEnv('VOICE_ALLOWED_HOSTS', 'app.example.com');
  const { visitedOrigin } = await import('@/lib/server/http/same-origin');
  expect(visitedOrigin(new Request('http://ignored.test/', { headers }))).toBe(expected);
  vi.unstubAllEnvs();
});

describe('a site that does not know its own address', () => {
  async function refuse(headers: Record<string, string>, times = 1) {
    vi.resetModules();
    vi.stubEnv('NEXTAUTH_URL', undefined);
    vi.stubEnv('LOG_LEVEL', 'warn');
    const { log } = await import('@/lib/server/platform/log');
    const warn = vi.spyOn(log(), 'warn').mockImplementation(() => {});
    const { requireSameOriginForm } = await import('@/lib/server/http/same-origin');
    const request = new Request('http://ignored.test/', { method: 'POST', headers });
    const messages = Array.from({ length: times }, () => {
      try {
        return requireSameOriginForm(request);
      } catch (error) {
        return error instanceof Error ? error.message : error;
      }
    });
    vi.unstubAllEnvs();
    return { messages, logged: warn.mock.calls };
  }

  test('says so, because nobody else is at fault: a TLS proxy that keeps the host', async () => {
    const { messages, logged } = await refuse({
      host: 'voice.example.com',
      origin: 'https://voice.example.com',
    });
    expect(messages).toEqual([
      'This site does not know its own address: you are at https://voice.example.com, and it expects http://voice.example.com. Its owner has to set NEXTAUTH_URL.',
    ]);
    expect(logged[0]?.[0]).toEqual({
      origin: 'https://voice.example.com',
      own: 'http://voice.example.com',
      host: 'voice.example.com',
    });
  });

  test('says so behind a proxy that passes the host on in a header of its own', async () => {
    const { messages } = await refuse({
      host: '10.0.0.1:3000',
      'x-forwarded-host': 'voice.example.com',
      origin: 'https://voice.example.com',
    });
    expect(messages[0]).toContain('does not know its own address');
  });

  test('another site’s page is told nothing of the kind, and cannot fill the log', async () => {
    const { messages, logged } = await refuse({ host: 'voice.example.com', origin: 'https://evil.test' }, 50);
    expect(messages[0]).toBe(
      'This request came from another site. Open the app at http://voice.example.com and try again.',
    );
    expect(logged).toHaveLength(1);
  });
});
