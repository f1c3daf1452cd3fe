import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { savePicture } from '../screens/take-pictures.ts';
import { startSpoken } from '../states/visit.ts';

test.describe.configure({ lock: '-exclusive-' });
test.use({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 4 / 3, colorScheme: 'light' });

test('picture of a spoken booking, for the README', async ({ page, recorder, say, signInAsGuest }) => {
  await startSpoken({ page, signIn: () => signInAsGuest(page) });
  await recorder.agentGreeted();
  await say('book-on-friday');
  await page.getByRole('button', { name: 'Allow', exact: true }).click({ timeout: 40_000 });
  const card = page.getByRole('article', { name: 'Tool: Book an appointment' });
  await expect(card.getByText('Done')).toBeVisible();
  // Some of the reply is spoken; the rest is paler.
  const unspoken = page.getByRole('log').getByRole('listitem').last().locator('.text-ink-faint');
  await expect(unspoken).toHaveText(/code is/);
  await expect(unspoken).not.toHaveText(/tune-up/, { timeout: 20_000 });
  savePicture('talk', await page.screenshot());
});
