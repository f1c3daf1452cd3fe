import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { refuseMicrophone } from '../states/odd-browsers.ts';
import { startListening, talk } from '../states/visit.ts';

/* What a screen reader says, beside the one announcement of each state. */

test.describe.configure({ mode: 'parallel' });
test.use({ expectedConsoleErrors: [/Failed to load resource/] });

test('in the last minute the time is announced, and what happens still is', async ({
  page,
  signInAsGuest,
}) => {
  await page.clock.install();
  await startListening({ page, signIn: () => signInAsGuest(page) });
  const announced = (words: RegExp) => page.getByRole('status').filter({ hasText: words });
  await expect(announced(/^Connected to /)).toBeAttached();
  await page.clock.fastForward(250_000);
  await expect(announced(/^Less than a minute left/)).toBeAttached();
  await page.getByRole('button', { name: /^Mute/ }).click();
  await expect(announced(/^You’re muted\.$/)).toBeAttached();
});

test('the end of a wait is announced', async ({ page, signInAsGuest }) => {
  const error = { code: 'rate_limited', message: 'Refused.', requestId: 'r', retryAfterSeconds: 2 };
  await page.route('**/api/voice/session', (route) => route.fulfill({ status: 429, json: { error } }));
  await signInAsGuest(page);
  await talk(page);
  await expect(page.getByRole('status').filter({ hasText: 'You can try again now.' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeEnabled();
});

test('the region that says why a microphone cannot be tried out is there before its words', async ({
  page,
  signInAsGuest,
}) => {
  await refuseMicrophone(page, 'NotFoundError');
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Options' }).click();
  const status = page.getByRole('dialog').getByRole('status');
  await expect(status).toHaveText('');
  await page.getByRole('button', { name: 'Test the microphone' }).click();
  await expect(status).toContainText('No microphone was found.');
});
