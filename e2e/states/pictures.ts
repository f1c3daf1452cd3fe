import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from 'playwright/test';
import { toPalettePng } from './palette-png.ts';

const DIRECTORY = fileURLToPath(new URL('../../docs/screens/', import.meta.url));

/** A small phone, a tablet, a laptop. */
export const SIZES = [
  { width: 320, height: 700 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
] as const;

export type Size = (typeof SIZES)[number];

/** Before the way to a state: nothing shall move. */
export const holdStill = (page: Page) => page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });

/** The page has drawn what it shows, canvas included. */
const drawn = (page: Page) =>
  page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });

/** Writes the pictures of what the page shows now: light and dark, in each size. */
export async function takePictures(page: Page, name: string, sizes: readonly Size[] = SIZES): Promise<void> {
  const taken: { file: string; picture: Buffer }[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await drawn(page);
      const picture = await page.screenshot({ animations: 'disabled' });
      taken.push({ file: `${name}-${size.width}-${colorScheme}.png`, picture });
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, 'no sideways scrolling').toBeLessThanOrEqual(0);
  }
  mkdirSync(DIRECTORY, { recursive: true });
  for (const { file, picture } of taken) writeFileSync(DIRECTORY + file, toPalettePng(picture));
}
