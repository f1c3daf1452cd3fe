import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';

test('a signed-out user is sent to sign in, and comes back', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sign in to talk' })).toBeVisible();
  await page.getByRole('button', { name: 'Continue as guest' }).click();
  await expect(page.getByRole('button', { name: 'Talk', exact: true })).toBeVisible();
});

const PROTECTED = [
  '/api/voice/session',
  '/api/voice/token',
  '/api/voice/calls/call_x/connected',
  '/api/voice/calls/call_x/sdp',
  '/api/voice/calls/call_x/resume',
  '/api/voice/calls/call_x/tools/end_call',
  '/api/voice/calls/call_x/tools/end_call/preview',
  '/api/voice/calls/call_x/end',
  '/api/me/export',
];

for (const path of PROTECTED) {
  test(`signed out, ${path} returns 401 with a code of ours`, async ({ request, baseURL }) => {
    const response = await request.post(path, { data: {}, headers: { origin: baseURL ?? '' } });
    expect(response.status()).toBe(401);
    expect((await response.json()).error).toMatchObject({ code: 'unauthenticated' });
  });
}

test('a request that another site makes with the user’s cookie is refused', async ({
  page,
  signInThroughPage,
}) => {
  await signInThroughPage(page);
  const response = await page.request.post('/api/voice/session', {
    data: {},
    headers: { origin: 'https://elsewhere.example' },
  });
  expect(response.status()).toBe(403);
  expect((await response.json()).error.code).toBe('origin_refused');
});

test('pages carry the security headers', async ({ request }) => {
  const headers = (await request.get('/login')).headers();
  expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
  expect(headers['permissions-policy']).toContain('microphone=(self)');
  expect(headers['x-content-type-options']).toBe('nosniff');
});
