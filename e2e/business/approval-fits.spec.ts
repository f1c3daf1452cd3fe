import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { lookAround } from '../states/look-around.ts';
import { startTyped, typeMessage } from '../states/visit.ts';
import { violations } from '../violations.ts';
import { bookableDay } from './bookable-day.ts';

test('an approval and a tool’s card fit in every window, also zoomed and from right to left', async ({
  page,
  signInAsGuest,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await typeMessage(page, `Book a tune-up on ${bookableDay()} at ten.`);
  await expect(page.getByRole('region', { name: 'Book an appointment?' })).toBeVisible();
  await lookAround(page, 'approval');
  await page.getByRole('button', { name: 'Don’t allow' }).click();
  await expect(page.getByRole('article', { name: /^Tool:/ }).getByText('Not allowed')).toBeVisible();
  await lookAround(page, 'a tool’s card');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an approval has no accessibility violation, ${colorScheme}`, async ({ page, signInAsGuest }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await startTyped({ page, signIn: () => signInAsGuest(page) });
    await typeMessage(page, `Book a tune-up on ${bookableDay()} at ten.`);
    await expect(page.getByRole('region', { name: 'Book an appointment?' })).toBeVisible();
    expect(await violations(page), 'approval').toEqual([]);
    await page.getByRole('button', { name: 'Don’t allow' }).click();
    await page.getByRole('button', { name: 'End call' }).click();
    await expect(page.getByText('Call ended')).toBeVisible();
    expect(await violations(page), 'receipt').toEqual([]);
  });
}
