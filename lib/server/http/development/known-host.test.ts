import { afterEach, describe, expect, test, vi } from 'vitest';

/** Settings are read once per process, so each case loads the modules again. Returns the code of the refusal, or null. */
async function refusal(env: Record<string, string>, headers: Record<string, string>) {
  vi.resetModules();
  vi.unstubAllEnvs();
  const given = { NODE_ENV: 'development', OPENAI_API_KEY: 'sk-real', LOG_LEVEL: 'silent', ...env };
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
  const { requireKnownHost } = await import('@/lib/server/http/development/known-host');
  try {
    requireKnownHost(new Headers(headers));
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}
afterEach(() => vi.unstubAllEnvs());

const ALL = { PARLEY_HOSTNAME: '0.0.0.0' };
const TUNNEL = { VOICE_ALLOWED_HOSTS: 'x.tunnel.example, *.preview.example' };

describe('a development server answers to', () => {
  test.each<[string, Record<string, string>]>([
    ['localhost:3000', {}],
    ['LOCALHOST:3000', {}],
    ['127.0.0.1:3000', {}],
    ['[::1]:3000', {}],
    ['localhost', {}],
    ['parley.local:3000', { PARLEY_HOSTNAME: 'parley.local' }],
    ['192.168.1.5:3000', ALL],
    ['[fe80::1]:3000', { PARLEY_HOSTNAME: '::' }],
    ['x.tunnel.example', TUNNEL],
    ['a.preview.example:8443', TUNNEL],
    ['dev.example.com', { NEXTAUTH_URL: 'https://dev.example.com' }],
  ])('%s with %j', async (host, env) => {
    expect(await refusal(env, { host })).toBeNull();
  });
});

describe('and to no other name, which DNS can lead to this machine', () => {
  test.each<[string, Record<string, string>]>([
    ['evil.example:3000', {}],
    ['evil.example:3000', ALL],
    ['localhost.evil.example', {}],
    ['127.0.0.1.evil.example', ALL],
    ['evil.example', TUNNEL],
    ['preview.example', TUNNEL],
    ['192.168.1.5:3000', {}],
    ['a b', {}],
    ['', {}],
  ])('"%s" with %j', async (host, env) => {
    expect(await refusal(env, { host })).toBe('origin_refused');
  });

  test('nor to a name that a proxy on this machine passes on', async () => {
    const headers = { host: 'localhost:3000', 'x-forwarded-host': 'evil.example' };
    expect(await refusal({ AUTH_TRUST_HOST: '1' }, headers)).toBe('origin_refused');
    expect(await refusal({}, headers)).toBeNull();
  });
});

test('a deployed site has its own address instead', async () => {
  expect(await refusal({ NODE_ENV: 'production' }, { host: 'voice.example.com' })).toBeNull();
});

test('every route refuses, before the limit and the handler', async () => {
  vi.resetModules();
  vi.stubEnv('NODE_ENV', 'development');
  vi.stubEnv('LOG_LEVEL', 'silent');
  const { handle } = await import('@/lib/server/http/handle');
  const route = handle({ perMinute: 1 }, async () => new Response('secret'));
  const response = await route(new Request('http://x.test/', { headers: { host: 'evil.example:3000' } }), {});
  expect(response.status).toBe(403);
  expect(await response.text()).not.toContain('secret');
});
