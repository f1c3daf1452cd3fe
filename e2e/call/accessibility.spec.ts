import { expect } from 'playwright/test';
import { bookableDay } from '../business/bookable-day.ts';
import { test } from '../fixtures.ts';
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
    const message = page.getByRole('textbox', { name: 'Message to Robin' });
    await message.fill(`Book a tune-up on ${bookableDay()} at ten.`);
    await message.press('Enter');
    await expect(page.getByRole('region', { name: 'Book an appointment?' })).toBeVisible();
    expect(await violations(page), 'approval').toEqual([]);

    await page.getByRole('button', { name: 'Don’t allow' }).click();
    await page.getByRole('button', { name: 'End call' }).click();
    await expect(page.getByText('Call ended')).toBeVisible();
    expect(await violations(page), 'receipt').toEqual([]);
  });
}
