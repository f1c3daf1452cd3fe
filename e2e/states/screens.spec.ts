import { expect } from 'playwright/test';
import { clearFaults } from '../attack/server/sandbox-faults.ts';
import { test } from '../fixtures.ts';
import { CALL_STATES } from './call-states.ts';
import { holdStill, takePictures } from './pictures.ts';
import { SETUP_STATES } from './setup-states.ts';
import { shown } from './visit.ts';

// `PARLEY_SCREENS=1 npm run test:e2e -- e2e/states` writes the pictures of docs/screens anew.
test.skip(!process.env.PARLEY_SCREENS, 'writes pictures, tests nothing');
test.use({ expectedConsoleErrors: [/./] });
test.afterEach(clearFaults);

for (const { name, sentence, reach } of [...SETUP_STATES, ...CALL_STATES]) {
  test(`pictures of ${name}`, async ({ page, signInAsGuest }) => {
    await holdStill(page);
    await reach({ page, signIn: () => signInAsGuest(page) });
    await expect(shown(page, sentence)).toBeVisible({ timeout: 30_000 });
    await takePictures(page, name);
  });
}
