import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { startTyped, typeMessage } from '../states/visit.ts';

test('the words of a call are marked as of the language that was chosen for it, so that a screen reader can read them', async ({
  page,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Options' }).click();
  const language = page.getByRole('combobox', { name: 'Language' });
  await language.selectOption({ label: 'Deutsch' });
  await page.getByRole('button', { name: 'Close' }).click();
  await startTyped({ page, signIn: async () => {} });
  await typeMessage(page, 'Guten Tag');
  const log = page.getByRole('log', { name: 'Conversation' });
  await expect(log.getByText('Guten Tag')).toHaveAttribute('lang', 'de');
  await expect(log.locator('[lang="de"]').filter({ hasText: /^Hello/ })).toBeVisible();

  // A choice during a call is for the next one.
  await page.getByRole('button', { name: 'Options' }).click();
  await language.selectOption({ label: 'Français' });
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('Guten Tag')).toHaveAttribute('lang', 'de');
});
