import { encode } from 'next-auth/jwt';
import { describe, expect, test, vi } from 'vitest';

const SECRET = 'a-secret-of-more-than-32-characters';
const COMPLETE = {
  OPENAI_API_KEY: 'sk-1',
  UPSTASH_REDIS_REST_URL: 'https://redis.example',
  UPSTASH_REDIS_REST_TOKEN: 'token',
  AUTH_SECRET: SECRET,
  NEXTAUTH_SECRET: undefined,
};

/** Settings are read once per process, so each case loads the modules again. */
async function detour(path: string, signedIn: boolean, env: Record<string, string | undefined> = {}) {
  vi.resetModules();
  for (const [name, value] of Object.entries({ ...COMPLETE, ...env })) vi.stubEnv(name, value);
  const [{ findDetour }, { authCookieName }] = await Promise.all([
    import('@/lib/server/auth/gate'),
    import('@/lib/server/auth/cookies'),
  ]);
  const token = signedIn ? await encode({ token: { id: 'github_1' }, secret: SECRET }) : undefined;
  const cookies = {
    get: (name: string) => (token && name === authCookieName('session') ? { value: token } : undefined),
  };
  const { pathname, search } = new URL(path, 'http://app.test');
  const answer = await findDetour({ nextUrl: { pathname, search }, cookies });
  vi.unstubAllEnvs();
  return answer;
}

describe('signed out', () => {
  test.each([
    ['/', '/login'],
    ['/calls', '/login?callbackUrl=%2Fcalls'],
    ['/calls/call_1?tab=words&x=%2F', '/login?callbackUrl=%2Fcalls%2Fcall_1%3Ftab%3Dwords%26x%3D%252F'],
    ['/loginx', '/login?callbackUrl=%2Floginx'],
    ['/login/../calls', '/login?callbackUrl=%2Fcalls'],
    ['/apiary', '/login?callbackUrl=%2Fapiary'],
    ['/login', null],
    ['/setup', null],
    ['/privacy', null],
    ['/icon.svg', null],
    ['/api/voice/session', null],
  ])('%s leads to %s', async (path, expected) => {
    expect(await detour(path, false)).toBe(expected);
  });
});

test('a signed-in user is not sent away', async () => {
  expect(await detour('/calls', true)).toBeNull();
});

describe('when something is missing', () => {
  test.each([
    ['/', true, '/setup'],
    ['/calls', false, '/setup'],
    ['/login', false, null],
    ['/setup', false, null],
    ['/api/health', false, null],
  ])('%s leads to %s', async (path, signedIn, expected) => {
    expect(await detour(path, signedIn, { OPENAI_API_KEY: undefined })).toBe(expected);
  });
});
