import { expect, type Page } from 'playwright/test';
import { test } from '../fixtures.ts';
import { startTyped, typeMessage } from './visit.ts';

/** Animations of the style sheet that still run. */
const moving = (page: Page) =>
  page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);

/** How many pixels of the wheel are painted. */
const painted = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let index = 3; index < pixels.length; index += 4) if (pixels[index] !== 0) count++;
    return count;
  });

test('with reduced motion nothing slides, the wheel is there, and the call works', async ({
  page,
  signInAsGuest,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await typeMessage(page, 'What services do you have?');
  await expect(page.getByRole('article', { name: /^Tool:/ }).getByText('Done')).toBeVisible();
  await expect.poll(() => moving(page)).toBe(0);
  await expect.poll(() => painted(page)).toBeGreaterThan(100);
  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('Call ended')).toBeVisible();
  await expect.poll(() => moving(page)).toBe(0);
});
