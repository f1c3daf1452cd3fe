import { expect } from 'playwright/test';
import { clearFaults } from '../attack/server/sandbox-faults.ts';
import { test } from '../fixtures.ts';
import { CALL_STATES } from '../states/call-states.ts';
import { SETUP_STATES } from '../states/setup-states.ts';
import { startUnconfiguredSite } from '../states/unconfigured-site.ts';
import { shown, startSpoken } from '../states/visit.ts';
import { holdStill, SIZES, takePictures } from './take-pictures.ts';

test.use({ expectedConsoleErrors: [/./] });
test.describe.configure({ mode: 'parallel' });
test.afterEach(clearFaults);

for (const { name, sentence, reach } of [...SETUP_STATES, ...CALL_STATES]) {
  test(`pictures of ${name}`, async ({ page, signInAsGuest }) => {
    await holdStill(page);
    await reach({ page, signIn: () => signInAsGuest(page) });
    await expect(shown(page, sentence)).toBeVisible({ timeout: 30_000 });
    await takePictures(page, name);
  });
}

test('pictures of 03b-setup', async ({ page }) => {
  const site = await startUnconfiguredSite();
  await holdStill(page);
  await page.goto(site.url);
  await takePictures(page, '03b-setup');
  await site.stop();
});

for (const size of SIZES) {
  test(`pictures of 10-you-are-speaking at ${size.width}`, async ({ page, recorder, say, signInAsGuest }) => {
    await holdStill(page);
    await page.setViewportSize(size);
    await startSpoken({ page, signIn: () => signInAsGuest(page) });
    await recorder.agentGreeted();
    const spoken = say('who-are-you');
    await expect(shown(page, /^You’re speaking\.$/)).toBeVisible({ timeout: 30_000 });
    await takePictures(page, '10-you-are-speaking', [size]);
    await spoken;
  });
}
