import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from 'playwright/test';

/** All pictures, ignored by git. */
const ALL = fileURLToPath(new URL('../../.parley/screens/', import.meta.url));
/** The few that documents show. One that exists is renewed. */
const KEPT = fileURLToPath(new URL('../../docs/screens/', import.meta.url));

/** A small phone, a tablet, a laptop. */
export const SIZES = [
  { width: 320, height: 700 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
] as const;

interface Size {
  width: number;
  height: number;
}

export function savePicture(name: string, screenshot: Buffer): void {
  const file = `${name}.png`;
  mkdirSync(ALL, { recursive: true });
  writeFileSync(join(ALL, file), screenshot);
  if (existsSync(join(KEPT, file))) writeFileSync(join(KEPT, file), screenshot);
}

/** Stops all motion. Called before the way to a state. */
export const holdStill = (page: Page) => page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });

/** Waits until the page has drawn what it shows, canvas included. */
const drawn = (page: Page) =>
  page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });

/** Takes the pictures of what the page shows now: light and dark, in each size. Saves all or none. */
export async function takePictures(page: Page, name: string, sizes: readonly Size[] = SIZES): Promise<void> {
  const taken: { name: string; screenshot: Buffer }[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await drawn(page);
      const screenshot = await page.screenshot({ animations: 'disabled' });
      taken.push({ name: `${name}-${size.width}-${colorScheme}`, screenshot });
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, 'no sideways scrolling').toBeLessThanOrEqual(0);
  }
  for (const picture of taken) savePicture(picture.name, picture.screenshot);
}
