import { afterEach, expect, test, vi } from 'vitest';
import type { User } from '@/lib/server/auth/user';
import { UserId } from '@/lib/shared/ids';

const DEPLOYED = { NODE_ENV: 'production' };
const DEVELOPMENT = { NODE_ENV: 'development' };
const DEMO = { NODE_ENV: 'production', PARLEY_SANDBOX: '1', OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' };

/** Settings are read once per process, so each case loads the modules again. Returns the body of the refusal. */
async function refuse(env: Record<string, string>, role: User['role']) {
  vi.resetModules();
  for (const [name, value] of Object.entries({ LOG_LEVEL: 'silent', ...env })) vi.stubEnv(name, value);
  const { AppError } = await import('@/lib/server/platform/app-error');
  const { explainTo } = await import('@/lib/server/auth/owner');
  const { handle } = await import('@/lib/server/http/handle');
  const user: User = { id: UserId.parse(`${role}_1`), role, name: 'Ann', permissions: [], network: null };
  const refused = async () => {
    throw new AppError('provider_refused', { providerCause: 'no_credit', cause: new Error('sk-secret') });
  };
  const response = await handle({ perMinute: 10 }, () => refused().catch(explainTo(user)))(
    new Request('http://app.test'),
    {},
  );
  return response.text();
}

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What strangers could use is noted of it: guests hold secrets of the provider, and may spend more than the site. */
const COMPLETE = {
  ...DEPLOYED,
  OPENAI_API_KEY: 'sk-1',
  AUTH_SECRET: 's'.repeat(32),
  AUTH_GUEST: 'true',
  NEXTAUTH_URL: 'https://voice.example.com',
  REDIS_URL: 'redis://localhost',
  VOICE_CONNECT: 'direct',
  VOICE_ALLOW_DIRECT_STRANGERS_AT_MY_OWN_RISK: 'true',
  VOICE_GUEST_BUDGET_USD_PER_DAY: '50',
};

test.each<[string, Record<string, string>, User['role'], boolean]>([
  ['a guest of a site that lacks something', { ...COMPLETE, OPENAI_API_KEY: '' }, 'guest', true],
  ['a guest of a site that lacks nothing', COMPLETE, 'guest', false],
  ['a member of a site that lacks nothing', COMPLETE, 'user', false],
  ['an administrator of a site that lacks nothing', COMPLETE, 'admin', true],
  ['a guest in development', DEVELOPMENT, 'guest', true],
])('who may read the setup page: %s', async (_, env, role, reads) => {
  vi.resetModules();
  for (const [name, value] of Object.entries({ LOG_LEVEL: 'silent', ...env })) vi.stubEnv(name, value);
  const { mayReadSetup } = await import('@/lib/server/auth/owner');
  expect(mayReadSetup(role)).toBe(reads);
});

test.each<[string, Record<string, string>, User['role'], boolean]>([
  ['an administrator', DEPLOYED, 'admin', true],
  ['a member', DEPLOYED, 'user', false],
  ['a guest', DEPLOYED, 'guest', false],
  ['a guest in development', DEVELOPMENT, 'guest', true],
  ['a guest of the offline demo', DEMO, 'guest', true],
])('%s reads why the provider refused: %3$s', async (_, env, role, reads) => {
  const body = await refuse(env, role);
  expect(body).toContain('provider_refused');
  expect(body.includes('no_credit')).toBe(reads);
  expect(body).not.toContain('sk-secret');
});
