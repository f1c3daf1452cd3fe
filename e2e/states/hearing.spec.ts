import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';

test.use({ person: { says: [{ afterSeconds: 10, say: 'what-services' }] } });

test('state 10-you-are-speaking: the screen follows the voice, and then the agent’s', async ({
  page,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  const main = page.getByRole('main');
  await expect(main.getByText('You’re speaking.', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(main.getByText('Robin is speaking.', { exact: true })).toBeVisible({ timeout: 30_000 });
});
