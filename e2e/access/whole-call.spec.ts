import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { faultLiveCalls } from '../states/fault-live-calls.ts';
import { askAgent, startTyped } from '../states/visit.ts';
import { violations } from '../violations.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a typed call from sign-in to receipt has no accessibility violation, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Sign in to talk' })).toBeVisible();
    expect(await violations(page), 'sign-in').toEqual([]);

    await page.getByRole('button', { name: 'Continue as guest' }).click();
    await expect(page.getByRole('button', { name: 'Talk', exact: true })).toBeVisible();
    expect(await violations(page), 'ready').toEqual([]);

    await page.getByRole('button', { name: 'Type instead' }).click();
    await askAgent(page);
    expect(await violations(page), 'in a call').toEqual([]);

    await page.getByRole('button', { name: 'End call' }).click();
    await expect(page.getByText('Call ended')).toBeVisible();
    expect(await violations(page), 'receipt').toEqual([]);
  });
}

test('a screen reader hears behind an open dialog what happens to the call', async ({
  page,
  signInAsGuest,
}) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await page.getByRole('button', { name: 'Options' }).click();
  await expect(page.getByRole('dialog', { name: 'Options' })).toBeVisible();
  const error = { code: 'provider_failed', message: 'Refused.', requestId: 'r' };
  await page.route('**/resume', (route) => route.fulfill({ status: 502, json: { error } }));
  await faultLiveCalls('drop_channel');
  // Roles are found only where a screen reader finds them.
  await expect(page.getByRole('alert').filter({ hasText: /^Connection lost/ })).toBeAttached();
});
