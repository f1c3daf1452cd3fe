import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { holdStill, takePictures } from '../screens/take-pictures.ts';
import { shown } from '../states/visit.ts';
import { SHOP_STATES } from './shop-states.ts';

test.use({ expectedConsoleErrors: [/./] });

for (const { name, sentence, reach } of SHOP_STATES) {
  test(`pictures of ${name}`, async ({ page, signInAsGuest }) => {
    await holdStill(page);
    await reach({ page, signIn: () => signInAsGuest(page) });
    await expect(shown(page, sentence)).toBeVisible({ timeout: 30_000 });
    await takePictures(page, name);
  });
}
