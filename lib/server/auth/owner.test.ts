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
