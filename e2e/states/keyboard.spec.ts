import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { tabTo } from './tab-to.ts';
import { answers, QUESTION } from './visit.ts';

test('the whole journey by keyboard: sign in, type, end, keep, look back, delete', async ({ page }) => {
  await page.goto('/');
  await tabTo(page, /^Continue as guest$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Talk', exact: true })).toBeVisible();

  await tabTo(page, /^Type instead$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: /^Message to/ })).toBeFocused();
  await page.keyboard.type(QUESTION);
  await page.keyboard.press('Enter');
  await expect(answers(page)).toHaveCount(1);

  await tabTo(page, /^End call$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'You ended the call.' })).toBeFocused();
  await tabTo(page, /^Keep this conversation/);
  await page.keyboard.press('Space');
  await expect(page.getByText(/^Kept for 7 days/)).toBeVisible();

  await tabTo(page, /^Your calls$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Your calls' })).toBeVisible();
  await tabTo(page, /You ended the call/);
  await page.keyboard.press('Enter');
  await expect(page.getByText(QUESTION)).toBeVisible();
  await tabTo(page, /^Delete conversation$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/This conversation wasn’t kept/)).toBeVisible();
});

test('Space starts a call, is held to talk, and stays a space in a text field', async ({
  page,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByRole('checkbox', { name: /^Push to talk/ }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.locator('body').press('Space');

  const hold = page.getByRole('button', { name: /Hold to talk|let go/ });
  await expect(hold).toHaveAttribute('aria-pressed', 'false', { timeout: 20_000 });
  await page.keyboard.down('Space');
  await expect(hold).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.up('Space');
  await expect(hold).toHaveAttribute('aria-pressed', 'false');

  const message = page.getByRole('textbox', { name: /^Message to/ });
  await message.focus();
  await page.keyboard.type('m and space');
  await expect(message).toHaveValue('m and space');
  await expect(hold).toHaveAttribute('aria-pressed', 'false');
});
