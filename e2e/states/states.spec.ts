import { expect } from 'playwright/test';
import { clearFaults } from '../attack/server/sandbox-faults.ts';
import { test } from '../fixtures.ts';
import { violations } from '../violations.ts';
import { CALL_STATES } from './call-states.ts';
import { SETUP_STATES } from './setup-states.ts';
import { shown } from './visit.ts';

// Refusals and dropped lines are what these tests are about; browsers report each failed request.
test.use({ expectedConsoleErrors: [/Failed to load resource|net::ERR/] });

test.afterEach(clearFaults);

for (const { name, sentence, action, announcement, reach } of [...SETUP_STATES, ...CALL_STATES]) {
  test(`state ${name}: one sentence, one way on, one announcement, nothing that axe complains of`, async ({
    page,
    signInAsGuest,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await reach({ page, signIn: () => signInAsGuest(page) });
    await expect(shown(page, sentence)).toBeVisible({ timeout: 30_000 });
    if (action) {
      const name = { name: action };
      await expect(page.getByRole('button', name).or(page.getByRole('link', name)).first()).toBeVisible();
    }
    const told = page.getByRole('status').or(page.getByRole('alert'));
    if (announcement.source !== '^$') {
      await expect(told.filter({ hasText: announcement }).first()).toBeAttached();
    }
    expect(await violations(page)).toEqual([]);
  });
}
