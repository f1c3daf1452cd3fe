import {
  unstable_doesMiddlewareMatch as doesMiddlewareMatch,
  unstable_getResponseFromNextConfig as getResponseFromNextConfig,
} from 'next/experimental/testing/server';
import { describe, expect, test } from 'vitest';
import { config } from '@/middleware';
import nextConfig from '@/next.config';

const at = (path: string) => `http://app.test${path}`;

describe('Next buffers the body of what meets the middleware', () => {
  test.each([
    ['/', true],
    ['/login', true],
    ['/calls/call_1', true],
    ['/apiary', true],
    ['/api/%zz', true],
    ['/api/voice/session', false],
    ['/api/auth/callback/guest', false],
    ['/api/nothing', false],
    ['/_next/static/x.js', false],
  ])('%s meets it: %s', (path, meets) => {
    expect(doesMiddlewareMatch({ config, nextConfig, url: at(path) })).toBe(meets);
  });

  test.each<[string, Record<string, string>, boolean]>([
    ['/', { 'content-length': '9900000' }, true],
    ['/login', { 'content-length': '1' }, true],
    ['/calls/call_1', { 'transfer-encoding': 'chunked', 'content-type': 'text/plain' }, true],
    // As some proxies write it into every request: sent on, it would come back the same for ever.
    ['/calls/call_1', { 'transfer-encoding': 'chunked' }, false],
    ['/api/%76oice', { 'content-length': '9900000' }, true],
    ['/login', { 'content-length': '0' }, false],
    ['/login', {}, false],
    ['/api/voice/session', { 'content-length': '100' }, false],
    ['/api/calls/call_1/transcript', { 'transfer-encoding': 'chunked' }, false],
  ])('so %s with %j is sent on without it, before it came: %s', async (path, headers, isSentOn) => {
    const { status } = await getResponseFromNextConfig({ url: at(path), nextConfig, headers });
    expect(status).toBe(isSentOn ? 303 : 200);
  });
});

test('every response of the API carries the security headers, whoever sends it', async () => {
  const { headers } = await getResponseFromNextConfig({ url: at('/api/nothing/here'), nextConfig });
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
});

test('the route of the image optimizer, which fetches any path for a stranger, is closed', () => {
  expect(nextConfig.images?.unoptimized).toBe(true);
});
