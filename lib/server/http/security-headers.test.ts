import { describe, expect, test, vi } from 'vitest';

/** Settings are read once per process, so each case loads the modules again. */
async function load(env: Record<string, string>) {
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries({ NODE_ENV: 'production', ...env })) vi.stubEnv(name, value);
  return import('@/lib/server/http/security-headers');
}

async function directives(env: Record<string, string> = {}, formOrigins: string[] = []) {
  const policy = (await load(env)).contentSecurityPolicy('bm9uY2U=', formOrigins);
  return Object.fromEntries(policy.split('; ').map((directive) => directive.split(/ (.*)/).slice(0, 2)));
}

describe('contentSecurityPolicy', () => {
  test('in production scripts run by nonce only, and nothing may frame the site', async () => {
    expect(await directives()).toMatchObject({
      'default-src': "'self'",
      'script-src': "'self' 'nonce-bm9uY2U=' 'strict-dynamic'",
      'connect-src': "'self' https://api.openai.com wss://api.openai.com",
      'worker-src': "'self' blob:",
      'form-action': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
  });

  test('the provider is the one of the environment', async () => {
    const { 'connect-src': connect } = await directives({ OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' });
    expect(connect).toBe("'self' http://127.0.0.1:8080 ws://127.0.0.1:8080");
  });

  test('forms may lead where the page says besides', async () => {
    const { 'form-action': form } = await directives({}, ['https://github.com']);
    expect(form).toBe("'self' https://github.com");
  });

  test('the development server may compile in the browser', async () => {
    const policy = await directives({ NODE_ENV: 'development' });
    expect(policy['script-src']).toContain("'unsafe-eval'");
    expect(policy['connect-src']).toContain(' ws:');
  });
});

describe('setSecurityHeaders', () => {
  test.each([
    ['production', true, true],
    ['production', false, false],
    ['development', true, false],
  ])('in %s over HTTPS %s, browsers are told to stay with it: %s', async (mode, isHttps, told) => {
    const { setSecurityHeaders } = await load({ NODE_ENV: mode });
    const headers = new Headers();
    setSecurityHeaders(headers, 'policy', isHttps);
    expect(headers.has('strict-transport-security')).toBe(told);
    expect(headers.get('permissions-policy')).toContain('microphone=(self), camera=()');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
