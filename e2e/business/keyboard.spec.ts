import { expect } from 'playwright/test';
import { tabTo } from '../access/tab-to.ts';
import { test } from '../fixtures.ts';
import { startTyped } from '../states/visit.ts';
import { bookableWeekday } from './bookable-weekday.ts';

test('a booking by keyboard: the approval takes the focus, and Allow books it', async ({
  page,
  signInAsGuest,
}) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await expect(page.getByRole('textbox', { name: /^Message to/ })).toBeFocused();
  await page.keyboard.type(`Book a tune-up on ${bookableWeekday()} at ten.`);
  await page.keyboard.press('Enter');

  const approval = page.getByRole('region', { name: 'Book an appointment?' });
  await expect(approval).toBeFocused();
  await tabTo(page, /^Allow$/);
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('article', { name: 'Tool: Book an appointment' }).getByText('Done'),
  ).toBeVisible();
  await expect(page.getByRole('textbox', { name: /^Message to/ })).toBeFocused();

  await tabTo(page, /^End call$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'You ended the call.' })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'What was done' })).toBeVisible();
});
