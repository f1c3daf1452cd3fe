import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { violations } from '../violations.ts';

test('before a call the page says that it is an AI, and the agent says so with its first words', async ({
  page,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  await expect(page.getByText(/^You’ll talk with an AI\./)).toBeVisible();
  await page.getByRole('button', { name: 'Type instead' }).click();
  const first = page.getByRole('log', { name: 'Conversation' }).getByRole('listitem').first();
  await expect(first).toContainText(/\ban AI\b/);
});

test('/privacy is open to everyone, names who hears and how long what is kept, and axe finds nothing', async ({
  page,
}) => {
  await page.goto('/login');
  await page.getByRole('link', { name: 'Who hears you, and what is kept' }).click();
  await expect(page.getByRole('heading', { name: 'Privacy' })).toBeVisible();
  await expect(page.getByText(/With an AI, not with a person/)).toBeVisible();
  await expect(page.getByText(/Nobody outside this site/)).toBeVisible();
  await expect(page.getByText(/For 30 days, for guests 7 days\./).first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
});
