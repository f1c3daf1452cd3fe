import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { violations } from '../violations.ts';
import { startUnconfiguredSite } from './unconfigured-site.ts';

let site: Awaited<ReturnType<typeof startUnconfiguredSite>>;
test.beforeAll(async () => {
  site = await startUnconfiguredSite();
});
test.afterAll(() => site.stop());

test('state 03-not-configured, for the owner of the site: what is missing and how to set it', async ({
  page,
}) => {
  await page.goto(site.url);
  await expect(page).toHaveURL(/\/setup$/);
  await expect(page.getByRole('heading', { name: 'Almost there.' })).toBeVisible();
  await expect(page.getByText('OPENAI_API_KEY', { exact: true })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  expect(await violations(page)).toEqual([]);
});

test('the owner of a site that works sees what was checked, and may check again', async ({
  page,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  await page.goto('/setup');
  await expect(page.getByRole('status')).toHaveText('No problem found.');
  await expect(page.getByRole('heading', { name: /^Voice service ?: In order$/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Database ?: In order$/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const again = page.getByRole('button', { name: 'Check again' });
  await again.press('Enter');
  await expect(page.getByRole('status')).toHaveText('No problem found.');
  await expect(again).toBeFocused();
});
