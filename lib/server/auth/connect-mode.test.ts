import { afterEach, describe, expect, test, vi } from 'vitest';
import type { User } from '@/lib/server/auth/user';
import { readEnv } from '@/lib/server/platform/env';
import { UserId } from '@/lib/shared/ids';

const KEY = 'sk-caller-0123456789';
const DEPLOYED = { NODE_ENV: 'production', OPENAI_API_KEY: 'sk-site' };
const DEMO = { ...DEPLOYED, PARLEY_SANDBOX: '1', OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' };
const BRING_YOUR_OWN = { NODE_ENV: 'production', VOICE_ALLOW_REQUEST_KEY: 'true' };

const NAMES = [
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'PARLEY_HOSTNAME',
  'PARLEY_SANDBOX',
  'AUTH_GUEST',
  ...['GITHUB', 'GOOGLE', 'OIDC'].flatMap((name) => [`AUTH_${name}_ID`, `AUTH_${name}_SECRET`]),
  'AUTH_OIDC_ISSUER',
  'AUTH_OIDC_ALLOWED_CLAIM',
  'AUTH_ALLOWED_GITHUB_ORG',
  'AUTH_ALLOWED_GOOGLE_DOMAINS',
  'AUTH_ALLOWED_EMAILS',
  'AUTH_ALLOWED_DOMAINS',
  'VOICE_CONNECT',
  'VOICE_ALLOWED_HOSTS',
  'VOICE_ALLOW_REQUEST_KEY',
  'VOICE_ALLOW_DIRECT_STRANGERS_AT_MY_OWN_RISK',
];
const DIRECT = { VOICE_CONNECT: 'direct' };
const RISK = { ...DIRECT, VOICE_ALLOW_DIRECT_STRANGERS_AT_MY_OWN_RISK: 'true' };
const GITHUB = { AUTH_GITHUB_ID: 'id', AUTH_GITHUB_SECRET: 'secret' };
const GOOGLE = { AUTH_GOOGLE_ID: 'id', AUTH_GOOGLE_SECRET: 'secret' };
const OIDC = { AUTH_OIDC_ISSUER: 'https://id.example', AUTH_OIDC_ID: 'id', AUTH_OIDC_SECRET: 'secret' };
const LIST = { AUTH_ALLOWED_DOMAINS: 'example.com' };
const DEVELOPMENT = { NODE_ENV: 'development', OPENAI_API_KEY: 'sk-site', PARLEY_HOSTNAME: '127.0.0.1' };

/** Settings are read once per process, so each case loads the modules again. Returns the mode or the refusal. */
async function decideMode(
  env: Record<string, string>,
  role: User['role'],
  requestKey: string | null = null,
  wantsRelay = false,
) {
  vi.resetModules();
  for (const name of NAMES) vi.stubEnv(name, env[name]);
  vi.stubEnv('NODE_ENV', env.NODE_ENV ?? 'production');
  const { requireConnecting } = await import('@/lib/server/auth/connect-mode');
  const user: User = { id: UserId.parse(`${role}_1`), role, name: 'Ann', permissions: [], network: null };
  try {
    return requireConnecting(user, requestKey, wantsRelay);
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('who connects', () => {
  test.each<[string, Record<string, string>, User['role'], string]>([
    ['a stranger with a free account', DEPLOYED, 'user', 'relay'],
    ['a guest of a deployed site', DEPLOYED, 'guest', 'relay'],
    ['an administrator', DEPLOYED, 'admin', 'direct'],
    ['someone on the allow-list', { ...DEPLOYED, ...LIST }, 'user', 'direct'],
    ['someone on a list of addresses', { ...DEPLOYED, AUTH_ALLOWED_EMAILS: 'a@b.example' }, 'user', 'direct'],
    [
      'someone of the company’s group',
      { ...DEPLOYED, ...OIDC, AUTH_OIDC_ALLOWED_CLAIM: 'groups=voice' },
      'user',
      'direct',
    ],
    [
      'someone of the GitHub organisation',
      { ...DEPLOYED, ...GITHUB, AUTH_ALLOWED_GITHUB_ORG: 'acme' },
      'user',
      'direct',
    ],
    [
      'someone of the Workspace organisation',
      { ...DEPLOYED, ...GOOGLE, AUTH_ALLOWED_GOOGLE_DOMAINS: 'acme.example' },
      'user',
      'direct',
    ],
    ['anyone with an account at an issuer that nothing closes', { ...DEPLOYED, ...OIDC }, 'user', 'relay'],
    [
      'someone on the list where all are relayed',
      { ...DEPLOYED, ...LIST, VOICE_CONNECT: 'relay' },
      'user',
      'relay',
    ],
    ['an administrator where all are relayed', { ...DEPLOYED, VOICE_CONNECT: 'relay' }, 'admin', 'relay'],
    ['a stranger where direct is asked for, but not the risk', { ...DEPLOYED, ...DIRECT }, 'user', 'relay'],
    ['a guest where direct is asked for, but not the risk', { ...DEPLOYED, ...DIRECT }, 'guest', 'relay'],
    ['a stranger where the risk is taken', { ...DEPLOYED, ...RISK }, 'user', 'direct'],
    ['a guest where the risk is taken', { ...DEPLOYED, ...RISK }, 'guest', 'direct'],
    ['a guest where the risk is named alone', { ...DEPLOYED, ...RISK, VOICE_CONNECT: '' }, 'guest', 'relay'],
    ['a guest of the offline demo', DEMO, 'guest', 'direct'],
    ['a guest of a site that only calls itself one', { ...DEPLOYED, PARLEY_SANDBOX: '1' }, 'guest', 'relay'],
    ['a guest of the offline demo that relays', { ...DEMO, VOICE_CONNECT: 'relay' }, 'guest', 'relay'],
    ['a developer on their own machine', DEVELOPMENT, 'user', 'direct'],
    [
      'anyone whom `next dev` lets in from the network, when nobody says where it listens',
      { NODE_ENV: 'development', OPENAI_API_KEY: 'sk-site' },
      'user',
      'relay',
    ],
    ['a guest on a developer’s machine, with a real key', DEVELOPMENT, 'guest', 'relay'],
    [
      'a visitor through a developer’s tunnel',
      { ...DEVELOPMENT, VOICE_ALLOWED_HOSTS: 'x.tunnel.example' },
      'user',
      'relay',
    ],
  ])('%s', async (_, env, role, mode) => {
    expect(await decideMode(env, role)).toEqual({ mode, ownKey: null });
  });
});

describe('what the owner is told', () => {
  test.each<[string, Record<string, string>, RegExp | null]>([
    ['strangers are relayed', DEPLOYED, null],
    ['the risk is taken', { ...DEPLOYED, ...RISK }, /^Strangers connect directly: .* you pay for them\.$/],
    [
      'direct does not count',
      { ...DEPLOYED, ...DIRECT },
      /^VOICE_CONNECT=direct does not count for strangers/,
    ],
    ['the sign-in is closed', { ...DEPLOYED, ...RISK, ...LIST }, null],
    [
      'addresses count that nobody verified',
      { ...DEPLOYED, ...OIDC, AUTH_OIDC_TRUST_EMAIL: '1' },
      /^AUTH_OIDC_TRUST_EMAIL=true: whoever may write addresses/,
    ],
    ['the offline demo', { ...DEMO, ...RISK }, null],
    ['a developer’s own machine, without guests', { ...DEVELOPMENT, ...DIRECT }, null],
    [
      'a developer’s own machine, with guests',
      { ...DEVELOPMENT, ...DIRECT, AUTH_GUEST: '1' },
      /^VOICE_CONNECT=direct does not count/,
    ],
  ])('%s', (_, env, note) => {
    const { notes } = readEnv(env);
    if (note === null) expect(notes).toEqual([]);
    else expect(notes).toEqual([expect.stringMatching(note)]);
  });

  test('the former name of the risk stops the start, so that it is neither kept nor lost in silence', () => {
    expect(() => readEnv({ VOICE_ALLOW_DIRECT_GUESTS_AT_MY_OWN_RISK: 'true' })).toThrow(
      'VOICE_ALLOW_DIRECT_GUESTS_AT_MY_OWN_RISK is now VOICE_ALLOW_DIRECT_STRANGERS_AT_MY_OWN_RISK',
    );
  });
});

describe('a caller’s own key', () => {
  test('counts where the site has none and allows it', async () => {
    expect(await decideMode(BRING_YOUR_OWN, 'user', KEY)).toEqual({ mode: 'own_key', ownKey: KEY });
  });

  test('never replaces the site’s', async () => {
    const env = { ...BRING_YOUR_OWN, OPENAI_API_KEY: 'sk-site' };
    expect(await decideMode(env, 'user', KEY)).toEqual({ mode: 'relay', ownKey: null });
  });

  test.each<[string, Record<string, string>, User['role'], string | null, string]>([
    ['not allowed', { NODE_ENV: 'production' }, 'user', KEY, 'not_configured'],
    ['not sent', BRING_YOUR_OWN, 'user', null, 'not_configured'],
    ['not a key', BRING_YOUR_OWN, 'user', 'hello', 'bad_request'],
    ['with a line break in it', BRING_YOUR_OWN, 'user', `${KEY}\nx`, 'bad_request'],
    ['in relay mode', { ...BRING_YOUR_OWN, VOICE_CONNECT: 'relay' }, 'user', KEY, 'not_configured'],
    ['of a guest, who must be relayed', BRING_YOUR_OWN, 'guest', KEY, 'not_configured'],
  ])('is refused when %s', async (_, env, role, key, code) => {
    expect(await decideMode(env, role, key)).toBe(code);
  });
});

describe('a visit that cannot reach the provider itself', () => {
  test.each([
    ['http://127.0.0.1:8080/v1', 'http://localhost:3000', false],
    ['http://127.0.0.1:8080/v1', 'https://192.168.1.5:3443', true],
    ['http://localhost:8080/v1', 'https://quiet-fox.trycloudflare.com', true],
    ['https://api.openai.com/v1', 'https://quiet-fox.trycloudflare.com', false],
  ])('provider %s, visited as %s: %s', async (baseUrl, origin, expected) => {
    vi.resetModules();
    vi.stubEnv('OPENAI_BASE_URL', baseUrl);
    const { isOutOfReach } = await import('@/lib/server/auth/connect-mode');
    expect(isOutOfReach(origin)).toBe(expected);
  });
});

describe('the provider’s origin, for browsers that connect to it themselves', () => {
  const OWN = { OPENAI_BASE_URL: 'https://voice.example.net:8443/v1' };
  test.each<[string, Record<string, string>, User['role'], string | null]>([
    ['of people on the allow-list', { ...DEPLOYED, ...LIST }, 'user', 'https://api.openai.com'],
    ['of another provider', { ...DEPLOYED, ...LIST, ...OWN }, 'user', 'https://voice.example.net:8443'],
    ['of strangers, who are relayed', DEPLOYED, 'user', null],
    ['of the sandbox, on this very machine', DEMO, 'guest', null],
  ])('%s', async (_, env, role, expected) => {
    vi.resetModules();
    for (const name of NAMES) vi.stubEnv(name, env[name]);
    vi.stubEnv('NODE_ENV', 'production');
    const { directOrigin } = await import('@/lib/server/auth/connect-mode');
    expect(directOrigin(role)).toBe(expected);
  });
});

describe('a caller who asks for the relay, because a direct attempt failed', () => {
  test.each<[string, Record<string, string>, string | null, string]>([
    ['is relayed on the site’s key', { ...DEPLOYED, ...LIST }, null, 'relay'],
    ['stays direct on a key of their own, which the server must not use', BRING_YOUR_OWN, KEY, 'own_key'],
  ])('%s', async (_, env, key, mode) => {
    expect(await decideMode(env, 'user', key, true)).toMatchObject({ mode });
  });
});
