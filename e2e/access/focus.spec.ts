import { expect, type Page } from 'playwright/test';
import { test } from '../fixtures.ts';
import { startTyped } from '../states/visit.ts';
import { tabTo } from './tab-to.ts';

/* Whoever uses the keyboard or a screen reader stays where they are: what goes away, or is busy, takes no focus along. */

test.describe.configure({ mode: 'parallel' });
test.use({ expectedConsoleErrors: [/Failed to load resource/] });

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const talkButton = (page: Page) => page.getByRole('button', { name: 'Talk', exact: true });

async function pressEnterOn(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

test('a dialog that closes gives the focus back to the button that opened it', async ({
  page,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  await pressEnterOn(page, /^Options$/);
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Options')).toBeFocused();

  await startTyped({ page, signIn: async () => {} });
  await button(page, 'Inspect this call').press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Inspect this call')).toBeFocused();
});

test('after a card or a receipt, the wheel’s button has the focus', async ({ page, signInAsGuest }) => {
  const refusal = { error: { code: 'site_busy', message: 'Busy.', requestId: 'r' } };
  await page.route('**/api/voice/session', (route) => route.fulfill({ status: 503, json: refusal }));
  await signInAsGuest(page);
  await expect(talkButton(page)).not.toBeFocused();
  await pressEnterOn(page, /^Type instead$/);
  await expect(page.getByRole('heading', { name: 'All lines are busy right now.' })).toBeFocused();
  await pressEnterOn(page, /^Not now$/);
  await expect(talkButton(page)).toBeFocused();

  await pressEnterOn(page, /^Type instead$/);
  await expect(page.getByRole('heading', { name: 'All lines are busy right now.' })).toBeFocused();
  await page.unroute('**/api/voice/session');
  await page.route('**/api/voice/session', () => undefined);
  await pressEnterOn(page, /^Try again$/);
  await expect(button(page, 'Cancel')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.unrouteAll({ behavior: 'ignoreErrors' });

  await startTyped({ page, signIn: async () => {} });
  await pressEnterOn(page, /^End call$/);
  await expect(page.getByRole('heading', { name: 'You ended the call.' })).toBeFocused();
  await pressEnterOn(page, /^Back to the start$/);
  await expect(talkButton(page)).toBeFocused();
});

test('a button that is at work keeps the focus', async ({ page, signInAsGuest }) => {
  await page.goto('/login');
  await page.route('**/api/auth/csrf', (route) => route.abort());
  await pressEnterOn(page, /^Continue as guest$/);
  await expect(page.getByRole('alert').filter({ hasText: 'couldn’t reach the server' })).toBeVisible();
  await expect(button(page, 'Continue as guest')).toBeFocused();
  await page.unroute('**/api/auth/csrf');

  await signInAsGuest(page);
  await page.goto('/account');
  await pressEnterOn(page, /^Download my data$/);
  await expect(page.getByText('Your download has started.')).toBeVisible();
  await expect(button(page, 'Download my data')).toBeFocused();

  await page.route('**/api/me', (route) => route.abort());
  await pressEnterOn(page, /^Delete my data$/);
  const erase = button(page, 'Delete everything');
  await expect(erase).toHaveAccessibleDescription(/^Delete everything for good/);
  await page.keyboard.press('Enter');
  await expect(page.getByText('That didn’t work, or not all of it. Try again?')).toBeVisible();
  await expect(erase).toBeFocused();
  await pressEnterOn(page, /^Keep it$/);
  await expect(button(page, 'Delete my data')).toBeFocused();
});
