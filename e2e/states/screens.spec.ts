import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'playwright/test';
import { clearFaults } from '../attack/sandbox-faults.ts';
import { test } from '../fixtures.ts';
import { CALL_STATES } from './call-states.ts';
import { toPalettePng } from './palette-png.ts';
import { SETUP_STATES } from './setup-states.ts';
import { shown } from './visit.ts';

const DIRECTORY = fileURLToPath(new URL('../../docs/screens/', import.meta.url));
const SIZES = [
  { width: 320, height: 700 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
];

// `PARLEY_SCREENS=1 npm run test:e2e -- e2e/states/screens.spec.ts` writes the pictures of docs/screens anew.
test.skip(!process.env.PARLEY_SCREENS, 'writes pictures, tests nothing');
test.use({ expectedConsoleErrors: [/./] });
test.afterEach(clearFaults);

for (const { name, sentence, reach } of [...SETUP_STATES, ...CALL_STATES]) {
  for (const size of SIZES) {
    test(`picture of ${name} at ${size.width}`, async ({ page, signInAsGuest }) => {
      mkdirSync(DIRECTORY, { recursive: true });
      await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
      await page.setViewportSize(size);
      await reach({ page, signIn: () => signInAsGuest(page) });
      await expect(shown(page, sentence)).toBeVisible({ timeout: 30_000 });
      await page.evaluate(() => document.fonts.ready);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const file = `${DIRECTORY}${name}-${size.width}-${colorScheme}.png`;
        writeFileSync(file, toPalettePng(await page.screenshot({ animations: 'disabled' })));
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, 'no sideways scrolling').toBeLessThanOrEqual(0);
    });
  }
}
