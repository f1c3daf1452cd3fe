import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { isRelay } from '../relay-mode.ts';
import { violations } from '../violations.ts';
import { askAgent, startTyped } from './visit.ts';

test.use({ expectedConsoleErrors: [/status of 404/] });

test('a call stays in the history, its words only if kept, and no other user sees it', async ({
  page,
  browser,
  baseURL,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  await page.goto('/calls');
  await expect(page.getByText(/^No calls yet/)).toBeVisible();
  expect(await violations(page), 'empty').toEqual([]);

  await startTyped({ page, signIn: async () => void (await page.goto('/')) });
  await askAgent(page);
  await page.getByRole('button', { name: 'End call' }).click();
  const keep = page.getByRole('checkbox', { name: /^Keep this conversation/ });
  await expect(keep).not.toBeChecked();
  // What is described is not part of the name: it would be read out twice.
  await expect(keep).toHaveAccessibleName('Keep this conversation');
  await expect(keep).toHaveAccessibleDescription(/^Off/);
  await page.getByRole('link', { name: 'Your calls' }).click();
  await page.getByRole('link', { name: /You ended the call/ }).click();
  await expect(page.getByText(/This conversation isn’t kept/)).toBeVisible();
  expect(await violations(page), 'a call').toEqual([]);
  const address = page.url();

  await page.goto('/calls?ended=trouble');
  await expect(page.getByText(/^No calls match these filters/)).toBeVisible();
  await page.getByRole('link', { name: 'Show all calls' }).click();
  await expect(page.getByRole('link', { name: /You ended the call/ })).toBeVisible();
  expect(await violations(page), 'the history').toEqual([]);

  const stranger = await browser.newContext({ baseURL });
  const other = await stranger.newPage();
  await signInAsGuest(other);
  expect((await other.goto(address))?.status()).toBe(404);
  await stranger.close();
});

test('a conversation is kept and deleted only by its owner, from our own pages, in the agreed form', async ({
  page,
  baseURL,
  signInAsGuest,
}) => {
  test.skip(isRelay, 'A relayed call is connected by a real offer only.');
  await signInAsGuest(page);
  const headers = { origin: baseURL ?? '' };
  const opened = await page.request.post('/api/voice/session', { data: {}, headers });
  const { callId } = await opened.json();
  const rtcCallId = `rtc_${callId.replace(/\W/g, '')}`;
  await page.request.post(`/api/voice/calls/${callId}/connected`, { data: { rtcCallId }, headers });
  const path = `/api/calls/${callId}/transcript`;
  const data = { entries: [{ kind: 'user', text: 'Hello.', typed: true }] };

  expect((await page.request.put(path, { data, headers })).status(), 'during the call').toBe(400);
  await page.request.post(`/api/voice/calls/${callId}/end`, { data: { reason: 'user' }, headers });
  expect((await page.request.put(path, { data, headers: { origin: 'https://else.example' } })).status()).toBe(
    403,
  );
  expect((await page.request.put(path, { data: { entries: [] }, headers })).status()).toBe(400);
  const huge = { entries: [{ kind: 'user', text: 'x'.repeat(200_000), typed: true }] };
  expect((await page.request.put(path, { data: huge, headers })).status()).toBe(413);
  const foreign = '/api/calls/call_00000000-0000-0000-0000-000000000000/transcript';
  expect((await page.request.put(foreign, { data, headers })).status()).toBe(404);
  expect((await page.request.put(path, { data, headers })).status()).toBe(204);
  expect((await page.request.delete(path, { headers })).status()).toBe(204);
});
