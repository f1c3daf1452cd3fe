import { afterEach, describe, expect, test, vi } from 'vitest';
import type { User } from '@/lib/server/auth/user';
import { UserId } from '@/lib/shared/ids';

const KEY = 'sk-caller-0123456789';
const DEPLOYED = { NODE_ENV: 'production', OPENAI_API_KEY: 'sk-site' };
const DEMO = { ...DEPLOYED, PARLEY_SANDBOX: '1', OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' };
const BRING_YOUR_OWN = { NODE_ENV: 'production', VOICE_ALLOW_REQUEST_KEY: 'true' };

/** Settings are read once per process, so each case loads the modules again. Returns the mode or the refusal. */
async function decideMode(env: Record<string, string>, role: User['role'], requestKey: string | null = null) {
  vi.resetModules();
  for (const name of [
    'OPENAI_API_KEY',
    'OPENAI_BASE_URL',
    'PARLEY_SANDBOX',
    'VOICE_CONNECT',
    'VOICE_ALLOW_REQUEST_KEY',
    'VOICE_ALLOW_DIRECT_GUESTS_AT_MY_OWN_RISK',
  ]) {
    vi.stubEnv(name, env[name]);
  }
  vi.stubEnv('NODE_ENV', env.NODE_ENV ?? 'production');
  const { requireConnecting } = await import('@/lib/server/auth/connect-mode');
  const user: User = { id: UserId.parse(`${role}_1`), role, name: 'Ann', permissions: [], network: null };
  try {
    return requireConnecting(user, requestKey);
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('who connects', () => {
  test.each<[string, Record<string, string>, User['role'], string]>([
    ['a member of a deployed site', DEPLOYED, 'user', 'direct'],
    ['a guest of a deployed site', DEPLOYED, 'guest', 'relay'],
    ['a member where all are relayed', { ...DEPLOYED, VOICE_CONNECT: 'relay' }, 'user', 'relay'],
    [
      'a guest where the risk is taken',
      { ...DEPLOYED, VOICE_ALLOW_DIRECT_GUESTS_AT_MY_OWN_RISK: 'true' },
      'guest',
      'direct',
    ],
    ['a guest of the offline demo', DEMO, 'guest', 'direct'],
    ['a guest of a site that only calls itself one', { ...DEPLOYED, PARLEY_SANDBOX: '1' }, 'guest', 'relay'],
    ['a guest on a developer’s machine', { ...DEPLOYED, NODE_ENV: 'development' }, 'guest', 'direct'],
    ['a guest of the offline demo that relays', { ...DEMO, VOICE_CONNECT: 'relay' }, 'guest', 'relay'],
  ])('%s', async (_, env, role, mode) => {
    expect(await decideMode(env, role)).toEqual({ mode, ownKey: null });
  });
});

describe('a caller’s own key', () => {
  test('counts where the site has none and allows it', async () => {
    expect(await decideMode(BRING_YOUR_OWN, 'user', KEY)).toEqual({ mode: 'own_key', ownKey: KEY });
  });

  test('never replaces the site’s', async () => {
    const env = { ...BRING_YOUR_OWN, OPENAI_API_KEY: 'sk-site' };
    expect(await decideMode(env, 'user', KEY)).toEqual({ mode: 'direct', ownKey: null });
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
