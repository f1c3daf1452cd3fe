import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';

test('a native app calls with a token: no cookie, no origin, and only the voice routes', async ({
  page,
  playwright,
  baseURL,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  const asked = await page.request.post('/api/voice/token', {
    data: {},
    headers: { origin: baseURL ?? '' },
  });
  expect(asked.status()).toBe(201);
  const { token } = await asked.json();

  const app = await playwright.request.newContext({ baseURL });
  const authorization = `Bearer ${token}`;
  const opened = await app.post('/api/voice/session', { data: {}, headers: { authorization } });
  expect(opened.status()).toBe(201);
  const { callId, callUrl, secret } = await opened.json();

  if (callUrl.startsWith(baseURL)) {
    const dial = (headers: Record<string, string>) =>
      app.post(callUrl, {
        data: 'v=0',
        headers: { 'content-type': 'application/sdp', authorization: `Bearer ${secret.value}`, ...headers },
      });
    expect((await dial({})).status()).toBe(403);
    const refused = await dial({ 'x-parley-token': token });
    expect(refused.status()).toBe(400);
    expect((await refused.json()).error.message).toContain('0 audio sections');
  }

  const ended = await app.post(`/api/voice/calls/${callId}/end`, {
    data: { reason: 'user' },
    headers: { authorization },
  });
  expect(ended.status()).toBe(200);

  const renewed = await app.post('/api/voice/token', {
    data: {},
    headers: { authorization, origin: baseURL ?? '' },
  });
  expect(renewed.status()).toBe(401);
  const forged = await page.request.post('/api/voice/session', {
    data: {},
    headers: { authorization: 'Bearer forged', origin: baseURL ?? '' },
  });
  expect(forged.status()).toBe(401);
  await app.dispose();
});
