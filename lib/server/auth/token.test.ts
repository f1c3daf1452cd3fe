import { encode, type JWT } from 'next-auth/jwt';
import { describe, expect, test, vi } from 'vitest';

const SECRET = 'a-secret-of-more-than-32-characters';

/** Settings are read once per process, so each case loads the modules again. */
async function load(env: Record<string, string | undefined>) {
  vi.resetModules();
  vi.unstubAllEnvs();
  const given = { AUTH_SECRET: SECRET, NEXTAUTH_URL: undefined, VERCEL: undefined, ...env };
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
  const [{ readAuthToken }, { authCookieName, authCookies }, { toUser }] = await Promise.all([
    import('@/lib/server/auth/token'),
    import('@/lib/server/auth/cookies'),
    import('@/lib/server/auth/user'),
  ]);
  return { readAuthToken, authCookieName, authCookies, toUser };
}

const jar = (cookies: Record<string, string>) => ({
  get: (name: string) => (cookies[name] === undefined ? undefined : { value: cookies[name] }),
});

const encodeToken = (claims: object, options: { secret?: string; maxAge?: number } = {}) =>
  encode({ token: { ...claims }, secret: SECRET, ...options });

describe('readAuthToken', () => {
  test('returns the claims of a valid cookie', async () => {
    const { readAuthToken, authCookieName } = await load({});
    const cookies = jar({ [authCookieName('session')]: await encodeToken({ id: 'github_1', name: 'Ann' }) });
    expect(await readAuthToken(cookies)).toMatchObject({ id: 'github_1', name: 'Ann' });
  });

  test('refuses a cookie that is signed with another secret, expired, forged, or not a token', async () => {
    const { readAuthToken, authCookieName } = await load({});
    const good = await encodeToken({ id: 'github_1' });
    const bad = [
      await encodeToken({ id: 'github_1' }, { secret: 'another-secret-of-more-than-32-chars' }),
      await encodeToken({ id: 'github_1' }, { maxAge: -60 }),
      `${good.slice(0, -4)}AAAA`,
      'nonsense',
      '',
    ];
    for (const value of bad) {
      expect(await readAuthToken(jar({ [authCookieName('session')]: value }))).toBeNull();
    }
  });

  test('a sign-in expires after a week, however new the cookie is', async () => {
    const { readAuthToken, authCookieName } = await load({});
    const daysAgo = (days: number) => Math.floor(Date.now() / 1000) - days * 86_400;
    const read = async (claims: object) =>
      readAuthToken(jar({ [authCookieName('session')]: await encodeToken({ id: 'github_1', ...claims }) }));
    expect(await read({ signedInAtSeconds: daysAgo(6.9) })).toMatchObject({ id: 'github_1' });
    expect(await read({ signedInAtSeconds: daysAgo(7.1) })).toBeNull();
  });

  test('without a secret, no cookie counts', async () => {
    const { readAuthToken, authCookieName } = await load({ AUTH_SECRET: undefined });
    expect(
      await readAuthToken(jar({ [authCookieName('session')]: await encodeToken({ id: 'github_1' }) })),
    ).toBeNull();
  });
});

describe('cookies', () => {
  test('two clones on one machine use different names', async () => {
    const one = (await load({})).authCookieName('session');
    const other = (await load({ AUTH_SECRET: 'another-secret-of-more-than-32-chars' })).authCookieName(
      'session',
    );
    expect(one).toMatch(/^parley-[0-9a-f]{8}\.session$/);
    expect(other).not.toBe(one);
  });

  test.each<[string, Record<string, string>, boolean, string, boolean]>([
    ['plain HTTP', {}, false, 'parley-', false],
    ['HTTPS by NEXTAUTH_URL', { NEXTAUTH_URL: 'https://a.example' }, true, '__Host-parley-', true],
    ['Vercel', { VERCEL: '1' }, true, '__Host-parley-', true],
    [
      'a developer’s machine after `vercel env pull`',
      { VERCEL: '1', VERCEL_ENV: 'development' },
      false,
      'parley-',
      false,
    ],
    ['a TLS proxy that only says so on each request', {}, true, 'parley-', true],
  ])('over %s', async (_, env, isHttps, prefix, secure) => {
    const { sessionToken, csrfToken } = (await load(env)).authCookies(isHttps);
    expect(sessionToken.name.startsWith(prefix)).toBe(true);
    expect(sessionToken.options).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/', secure });
    expect(csrfToken.options.secure).toBe(secure);
  });
});

describe('toUser', () => {
  test.each<[string, JWT, Record<string, string>, object | null]>([
    ['a guest', { id: 'guest_1' }, { AUTH_GUEST: '1' }, { role: 'guest', name: 'Guest', network: 'net' }],
    ['a guest where guests are not let in', { id: 'guest_1' }, { AUTH_GUEST: '0' }, null],
    ['a member', { id: 'github_1', name: 'Ann' }, {}, { role: 'user', name: 'Ann', network: null }],
    [
      'an administrator',
      { id: 'google_1', verifiedEmail: 'Ann@Example.com' },
      { ADMIN_EMAILS: 'ann@example.com' },
      { role: 'admin', permissions: ['voice:connect', 'calls:end'] },
    ],
    [
      'a former administrator, whatever the token says',
      { id: 'google_1', verifiedEmail: 'ann@example.com', role: 'admin' },
      { ADMIN_EMAILS: 'bob@example.com' },
      { role: 'user' },
    ],
    [
      'a claimed address does not count',
      { id: 'google_1', email: 'ann@example.com' },
      { ADMIN_EMAILS: 'ann@example.com' },
      { role: 'user' },
    ],
    ['nobody', { sub: '1' }, {}, null],
    [
      'a guest at the developer’s own machine, who owns it',
      { id: 'guest_1' },
      { NODE_ENV: 'development', AUTH_GUEST: '1', PARLEY_HOSTNAME: '127.0.0.1' },
      { role: 'guest', permissions: ['voice:connect', 'calls:end'] },
    ],
    [
      'a guest of a development server that does not know where it listens',
      { id: 'guest_1' },
      { NODE_ENV: 'development', AUTH_GUEST: '1' },
      { role: 'guest', permissions: ['voice:connect'] },
    ],
    [
      'a guest of a development server that a phone reaches',
      { id: 'guest_1' },
      { NODE_ENV: 'development', AUTH_GUEST: '1', PARLEY_HOSTNAME: '0.0.0.0' },
      { role: 'guest' },
    ],
    [
      'a guest of an offline demo that is built',
      { id: 'guest_1' },
      { NODE_ENV: 'production', PARLEY_SANDBOX: '1', OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' },
      { role: 'guest' },
    ],
  ])('%s', async (_, token, env, expected) => {
    const { toUser } = await load(env);
    const user = toUser(token, 'net');
    if (expected === null) expect(user).toBeNull();
    else expect(user).toMatchObject({ permissions: ['voice:connect'], ...expected });
  });
});
