import { expect, type Page } from 'playwright/test';
import { bookableDay } from '../business/bookable-day.ts';
import { test } from '../fixtures.ts';
import { crowding } from './layout-overflow.ts';
import { startTyped, typeMessage } from './visit.ts';

/** Windows of every kind. Zoom makes a window of fewer CSS pixels: 1280 × 800 at 200 % and at 400 %. */
const WINDOWS = [
  { name: 'small phone', width: 320, height: 568 },
  { name: 'phone on its side', width: 740, height: 360 },
  { name: 'tablet', width: 768, height: 1024 },
  { name: '200 % zoom', width: 640, height: 400 },
  { name: '400 % zoom', width: 320, height: 200 },
  { name: 'very wide', width: 2560, height: 1440 },
];

/** Looks at what stands on the screen now in every window, from left to right and from right to left. */
async function lookAround(page: Page, what: string): Promise<void> {
  for (const direction of ['ltr', 'rtl']) {
    await page.evaluate((dir) => {
      document.documentElement.dir = dir;
    }, direction);
    for (const { name, width, height } of WINDOWS) {
      await page.setViewportSize({ width, height });
      await expect.poll(() => crowding(page), `${what}, ${name}, ${direction}`).toEqual([]);
    }
  }
  await page.evaluate(() => document.documentElement.removeAttribute('dir'));
  await page.setViewportSize({ width: 1280, height: 800 });
}

test('everything fits and can be pressed in every window, also zoomed and from right to left', async ({
  page,
  signInAsGuest,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await lookAround(page, 'signed out');
  await signInAsGuest(page);
  await lookAround(page, 'ready');
  await page.getByRole('button', { name: 'Options' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await lookAround(page, 'options');
  await page.getByRole('button', { name: 'Close' }).click();

  await startTyped({ page, signIn: async () => {} });
  await typeMessage(page, `Book a tune-up on ${bookableDay()} at ten.`);
  await expect(page.getByRole('region', { name: 'Book an appointment?' })).toBeVisible();
  await lookAround(page, 'approval');
  await page.getByRole('button', { name: 'Don’t allow' }).click();
  await expect(page.getByRole('article', { name: /^Tool:/ }).getByText('Not allowed')).toBeVisible();
  await lookAround(page, 'in a call');
  await page.getByRole('button', { name: 'Inspect this call' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await lookAround(page, 'inspector');
  await page.getByRole('button', { name: 'Close the inspector' }).click();
  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('Call ended')).toBeVisible();
  await lookAround(page, 'receipt');
  await page.getByRole('link', { name: 'Your calls' }).click();
  await expect(page.getByRole('heading', { name: 'Your calls' })).toBeVisible();
  await lookAround(page, 'history');
});
