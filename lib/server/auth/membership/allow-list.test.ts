import { encode } from 'next-auth/jwt';
import { afterEach, describe, expect, test, vi } from 'vitest';

const SECRET = 'a-secret-of-more-than-32-characters';

const cookies = new Map<string, { value: string }>();
vi.mock('next/headers', () => ({ cookies: async () => cookies, headers: async () => new Headers() }));

/** Settings are read once per process, so each case loads the modules again. */
async function load(env: Record<string, string>) {
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries({ AUTH_SECRET: SECRET, LOG_LEVEL: 'silent', ...env })) {
    vi.stubEnv(name, value);
  }
  const [{ authOptions }, requireUser, { issueAccessToken, requireTokenUser }, { authCookieName }] =
    await Promise.all([
      import('@/lib/server/auth/sign-in/options'),
      import('@/lib/server/auth/require-user'),
      import('@/lib/server/auth/access-token'),
      import('@/lib/server/auth/cookies'),
    ]);
  const signIn = async (claims: object) =>
    cookies.set(authCookieName('session'), { value: await encode({ token: { ...claims }, secret: SECRET }) });
  return { authOptions, signIn, issueAccessToken, requireTokenUser, ...requireUser };
}
afterEach(() => cookies.clear());

const LIST = { AUTH_ALLOWED_EMAILS: 'Ann@Example.com', AUTH_ALLOWED_DOMAINS: 'corp.example' };
const google = { provider: 'google', providerAccountId: '1', type: 'oauth' as const };

describe('at the sign-in', () => {
  const workspace = (email: string) => ({
    email,
    email_verified: true,
    hd: email.slice(email.indexOf('@') + 1),
  });
  test.each<[string, Record<string, string>, object, boolean]>([
    ['anyone, where there is no list', {}, workspace('eve@evil.example'), true],
    ['an address on the list', LIST, workspace('ann@example.com'), true],
    ['a domain on the list', LIST, workspace('bob@corp.example'), true],
    ['an address in capitals', LIST, workspace('BOB@CORP.EXAMPLE'), true],
    [
      'an administrator, who need not be listed',
      { ...LIST, ADMIN_EMAILS: 'boss@x.example' },
      workspace('boss@x.example'),
      true,
    ],
    ['another address of a listed person’s domain', LIST, workspace('bob@example.com'), false],
    ['a sub-domain', LIST, workspace('eve@a.corp.example'), false],
    ['a longer domain', LIST, workspace('eve@evilcorp.example'), false],
    [
      'an address that Google does not vouch for',
      LIST,
      { email: 'ann@example.com', email_verified: true },
      false,
    ],
    [
      'an address that is not verified',
      LIST,
      { ...workspace('ann@example.com'), email_verified: false },
      false,
    ],
    ['an account without an address', LIST, {}, false],
    [
      'an address with a Kelvin sign in the place of a K',
      { AUTH_ALLOWED_EMAILS: 'kim@example.com' },
      workspace('\u212aim@example.com'),
      false,
    ],
    [
      'an administrator’s with a Kelvin sign',
      { ...LIST, ADMIN_EMAILS: 'kim@example.com' },
      workspace('\u212aim@example.com'),
      false,
    ],
  ])('%s: %s', async (_, env, profile, isLetIn) => {
    const { authOptions } = await load(env);
    const { callbacks } = authOptions(true, { events: {}, onError: () => {} });
    expect(await callbacks?.signIn?.({ user: { id: '1' }, account: google, profile })).toBe(isLetIn);
  });
});

describe('on every request', () => {
  const claims = { id: 'github_1', name: 'Ann', verifiedEmail: 'ann@example.com' };

  test('someone on the list is let in, by cookie and by access token', async () => {
    const { signIn, requireUser, getPageUser, isTurnedAway, issueAccessToken, requireTokenUser } =
      await load(LIST);
    await signIn(claims);
    expect(await requireUser()).toMatchObject({ id: 'github_1', role: 'user' });
    expect(await getPageUser()).toMatchObject({ id: 'github_1' });
    expect(await isTurnedAway()).toBe(false);
    const { token } = await issueAccessToken(claims);
    expect(await requireTokenUser(token, new Headers())).toMatchObject({ id: 'github_1' });
  });

  test('someone taken off the list loses access at once, with an old cookie and an old token', async () => {
    const { token } = await (await load(LIST)).issueAccessToken(claims);
    const { signIn, requireUser, getPageUser, isTurnedAway, requireTokenUser } = await load({
      AUTH_ALLOWED_EMAILS: 'bob@example.com',
    });
    await signIn(claims);
    await expect(requireUser()).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await getPageUser()).toBeNull();
    expect(await isTurnedAway()).toBe(true);
    await expect(requireTokenUser(token, new Headers())).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('a sign-in without a verified address does not count where there is a list', async () => {
    const { signIn, getPageUser } = await load(LIST);
    await signIn({ ...claims, verifiedEmail: null });
    expect(await getPageUser()).toBeNull();
  });
});

test('a list that was set and names nobody is a mistake, not an open door', async () => {
  const { readEnv } = await import('@/lib/server/platform/env');
  expect(() => readEnv({ AUTH_ALLOWED_EMAILS: ', ,' })).toThrow('AUTH_ALLOWED_EMAILS');
  expect(() => readEnv({ AUTH_ALLOWED_DOMAINS: '@example.com' })).toThrow('AUTH_ALLOWED_DOMAINS');
  expect(readEnv({ AUTH_ALLOWED_EMAILS: ' ' }).auth.allowed).toBeNull();
});
