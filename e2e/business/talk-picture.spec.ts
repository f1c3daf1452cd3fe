import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { toPalettePng } from '../states/palette-png.ts';
import { startSpoken } from '../states/visit.ts';

const FILE = fileURLToPath(new URL('../../docs/screens/talk.png', import.meta.url));

test.skip(!process.env.PARLEY_SCREENS, 'writes a picture, tests nothing');
test.use({
  person: { says: [{ afterSeconds: 12, say: 'book-on-friday' }] },
  viewport: { width: 1440, height: 900 },
  deviceScaleFactor: 4 / 3,
  colorScheme: 'light',
});

test('picture of a spoken booking, for the first page of the documents', async ({ page, signInAsGuest }) => {
  await startSpoken({ page, signIn: () => signInAsGuest(page) });
  await page.getByRole('button', { name: 'Allow', exact: true }).click({ timeout: 40_000 });
  const card = page.getByRole('article', { name: 'Tool: Book an appointment' });
  await expect(card.getByText('Done')).toBeVisible();
  // Some of the answer is spoken, the rest of it stands there paler.
  const unspoken = page.getByRole('log').getByRole('listitem').last().locator('.text-ink-faint');
  await expect(unspoken).toHaveText(/code is/);
  await expect(unspoken).not.toHaveText(/tune-up/, { timeout: 20_000 });
  writeFileSync(FILE, toPalettePng(await page.screenshot()));
});
