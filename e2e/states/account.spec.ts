import { readFile } from 'node:fs/promises';
import { expect, type Page } from 'playwright/test';
import { test } from '../fixtures.ts';
import { violations } from '../violations.ts';
import { layoutOverflow } from './layout-overflow.ts';
import { askAgent, startTyped } from './visit.ts';

/** Has a call, keeps it, and goes to the account page by the menu. */
async function talkAndKeep(page: Page, signIn: () => Promise<void>): Promise<void> {
  await startTyped({ page, signIn });
  await askAgent(page);
  await page.getByRole('button', { name: 'End call' }).click();
  await page.getByRole('checkbox', { name: /^Keep this conversation/ }).check();
  await expect(page.getByText(/^Kept for 7 days/)).toBeVisible();
}

async function openAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Your account' }).click();
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible();
}

test('everything of a user can be downloaded, and deleted for good', async ({ page, signInAsGuest }) => {
  await talkAndKeep(page, () => signInAsGuest(page));
  await openAccount(page);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await layoutOverflow(page), `${width} px wide`).toEqual([]);
    expect(await violations(page), `${width} px wide`).toEqual([]);
  }

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download my data' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('my-data.json');
  const data = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(data).toMatchObject({ user: { role: 'guest' }, calls: [{ reason: 'user' }] });
  expect(data.conversations[0].entries.length).toBeGreaterThan(0);
  const [{ callId }] = data.calls;

  await page.getByRole('button', { name: 'Delete my data' }).click();
  expect(await violations(page), 'asked').toEqual([]);
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: 'Delete my data' }).click();
  const cookies = await page.context().cookies();
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to talk' })).toBeVisible();

  await page.context().addCookies(cookies);
  await page.goto('/calls');
  await expect(page.getByText(/^No calls yet/)).toBeVisible();
  expect((await page.request.get(`/calls/${callId}`)).status()).toBe(404);
});

test('a guest reads before the sign-out that the calls go with it, and they do', async ({
  page,
  signInAsGuest,
}) => {
  await talkAndKeep(page, () => signInAsGuest(page));
  const cookies = await page.context().cookies();
  await page.getByRole('button', { name: /^Account/ }).click();
  const signOut = page.getByRole('menuitem', { name: /^Sign out/ });
  await expect(signOut).toContainText('your calls and kept conversations are deleted');
  await signOut.click();
  await expect(page.getByRole('heading', { name: 'Sign in to talk' })).toBeVisible();

  await page.context().addCookies(cookies);
  await expect(async () => {
    await page.goto('/calls');
    await expect(page.getByText(/^No calls yet/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
});

test('no other site can ask for the data or delete them', async ({ page, signInAsGuest }) => {
  await signInAsGuest(page);
  const headers = { origin: 'https://elsewhere.example' };
  expect((await page.request.post('/api/me/export', { headers })).status()).toBe(403);
  expect((await page.request.delete('/api/me', { headers })).status()).toBe(403);
});
