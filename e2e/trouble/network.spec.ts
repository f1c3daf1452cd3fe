import { expect, type Page } from 'playwright/test';
import { clearFaults, orderFaults } from '../attack/sandbox-faults.ts';
import { test } from '../fixtures.ts';
import { isRelay } from '../relay-mode.ts';
import { strikeCalls } from '../states/strike-calls.ts';
import { startTyped, typeMessage } from '../states/visit.ts';
import { connectionCount, installPageLines } from './page-lines.ts';

test.use({ expectedConsoleErrors: [/Failed to load resource|ERR_INTERNET_DISCONNECTED/] });

const TICKET_REFUSED = { error: { code: 'ticket_refused', message: 'Used, or too old.', requestId: 'r' } };
const AT_ONCE = { timeout: 1_000 };
const weak = (page: Page) => page.getByRole('main').getByText('The connection is weak.').first();

test.beforeEach(({ page }) => installPageLines(page));
test.afterEach(clearFaults);

test('offline: shown at once, and good again when the network is back', async ({
  page,
  context,
  signInAsGuest,
}) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await context.setOffline(true);
  await expect(weak(page)).toBeVisible(AT_ONCE);
  await context.setOffline(false);
  await expect(weak(page)).toHaveCount(0);
  expect(await connectionCount(page)).toBe(1);
});

test('a line that drops offline waits for the network, then is replaced', async ({
  page,
  context,
  signInAsGuest,
}) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await context.setOffline(true);
  await strikeCalls('drop_channel');
  await expect(
    page
      .getByRole('main')
      .getByText(/Reconnecting/)
      .first(),
  ).toBeVisible(AT_ONCE);
  await page.waitForTimeout(2_000); // Longer than the first pause: nothing may be tried meanwhile.
  expect(await connectionCount(page)).toBe(1);
  await context.setOffline(false);
  await expect(page.getByText('Connected again.')).toBeVisible();
});

test('network change: the line is asked for an answer, and stays when it answers', async ({
  page,
  signInAsGuest,
}) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await page.evaluate(() => {
    const { connection } = navigator as unknown as { connection: EventTarget };
    connection.dispatchEvent(new Event('change'));
  });
  await expect(weak(page)).toHaveCount(0);
  await typeMessage(page, 'Is my bike ready?');
  await expect(page.getByRole('article', { name: /^Tool:/ }).getByText('Done')).toBeVisible();
  expect(await connectionCount(page)).toBe(1);
});

test('sleep and wake: a dead line is noticed and replaced', async ({ page, signInAsGuest }) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await strikeCalls('kill_peer');
  await new Promise((resolve) => setTimeout(resolve, 6_000)); // The lid is closed.
  await devTools.send('Page.setWebLifecycleState', { state: 'active' });
  await expect(page.getByText('Connected again.')).toBeVisible();
});

test('sleep and wake: a line that lives is kept', async ({ page, signInAsGuest }) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  await devTools.send('Page.setWebLifecycleState', { state: 'active' });
  await typeMessage(page, 'Is my bike ready?');
  await expect(page.getByRole('article', { name: /^Tool:/ }).getByText('Done')).toBeVisible();
  expect(await connectionCount(page)).toBe(1);
});

/** In relay mode the secret is a ticket of ours, and the provider never sees it. */
const refuseSecretOnce = (page: Page) =>
  isRelay
    ? page.route('**/sdp', (route) => route.fulfill({ status: 401, json: TICKET_REFUSED }), { times: 1 })
    : orderFaults({ calls: { status: 401, times: 1 } });

test('secret expired before use: renewed once, without a word', async ({ page, signInAsGuest }) => {
  await refuseSecretOnce(page);
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await typeMessage(page, 'Is my bike ready?');
  await expect(page.getByRole('article', { name: /^Tool:/ }).getByText('Done')).toBeVisible();
  expect(await connectionCount(page)).toBe(2);
});

test('sign-out in another tab: the call here ends, and the way on is to sign in', async ({
  page,
  context,
  signInAsGuest,
}) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  const other = await context.newPage();
  await other.goto('/');
  await other.getByRole('button', { name: /account/i }).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'You signed out, so the call ended.' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: 'Sign in' })).toBeVisible();
});
