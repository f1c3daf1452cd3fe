import { expect, type Page } from 'playwright/test';
import type { AttackServer } from '../attack/server/attack-server.ts';
import { test } from '../fixtures.ts';
import { askAgent, startTyped, talk } from '../states/visit.ts';
import { violations } from '../violations.ts';

// React reports what the server could not render: its error 441 to the console, and before it 419 as an uncaught one
// where the page learns that a part is missing sooner than why.
test.use({
  expectedConsoleErrors: [/Failed to load resource|React error #441/],
  expectedUncaughtErrors: [/React error #419/],
});

async function signIn(page: Page, { url }: AttackServer): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Continue as guest' }).click();
  await page.waitForURL(`${url}/`);
}

/** The page is rendered anew, as after a change of data: here because the browser had kept it and shows it again. */
const showAgain = (page: Page) =>
  page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));

const noMinutes = (page: Page) => page.getByText('We can’t read your minutes right now').first();
const minutes = (page: Page) => page.getByRole('banner').getByText(/min left today$/);
const noPanel = (page: Page) => page.getByRole('complementary').getByText('this part can’t be shown');

test.afterEach(({ server }) => {
  server.toRedis.fault = { kind: 'none' };
});

test('the database goes during a call: the page keeps the call, and says what it cannot read', async ({
  page,
  server,
}) => {
  await startTyped({ page, signIn: () => signIn(page, server) });
  await expect(minutes(page)).toBeVisible();
  server.toRedis.fault = { kind: 'refused' };
  await showAgain(page);
  await expect(noMinutes(page)).toBeVisible();
  await expect(noPanel(page)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await askAgent(page);

  server.toRedis.fault = { kind: 'none' };
  await showAgain(page);
  await expect(minutes(page)).toBeVisible();
  await expect(noPanel(page)).toHaveCount(0);
  await askAgent(page, 2);
});

test('a visit without the database has its page, and Talk says why there is no call', async ({
  page,
  server,
}) => {
  await signIn(page, server);
  server.toRedis.fault = { kind: 'refused' };
  await page.reload();
  await expect(noMinutes(page)).toBeVisible();
  await expect(noPanel(page)).toBeVisible();
  await talk(page);
  await expect(page.getByRole('heading', { name: 'We can’t check your minutes right now.' })).toBeVisible();
});
