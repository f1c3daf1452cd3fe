import { expect, type Page } from 'playwright/test';
import { layoutOverflow } from './layout-overflow.ts';

/** Windows of every kind. Zoom makes a window of fewer CSS pixels: 1280 × 800 at 200 % and at 400 %. */
const WINDOWS = [
  { name: 'small phone', width: 320, height: 568 },
  { name: 'phone on its side', width: 740, height: 360 },
  { name: 'tablet', width: 768, height: 1024 },
  { name: '200 % zoom', width: 640, height: 400 },
  { name: '400 % zoom', width: 320, height: 200 },
  { name: 'very wide', width: 2560, height: 1440 },
];

/** Checks what the screen shows now in every window, from left to right and from right to left. */
export async function lookAround(page: Page, what: string): Promise<void> {
  for (const direction of ['ltr', 'rtl']) {
    await page.evaluate((dir) => {
      document.documentElement.dir = dir;
    }, direction);
    for (const { name, width, height } of WINDOWS) {
      await page.setViewportSize({ width, height });
      await expect.poll(() => layoutOverflow(page), `${what}, ${name}, ${direction}`).toEqual([]);
    }
  }
  await page.evaluate(() => document.documentElement.removeAttribute('dir'));
  await page.setViewportSize({ width: 1280, height: 800 });
}
