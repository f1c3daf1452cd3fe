import { expect, type Page, type Route } from 'playwright/test';
import { clearFaults, orderFaults } from '../attack/server/sandbox-faults.ts';
import { test } from '../fixtures.ts';
import { isRelay } from '../relay-mode.ts';
import { sandboxRedis } from '../sandbox-redis.ts';
import { faultLiveCalls } from '../states/fault-live-calls.ts';
import { askAgent, shown, startTyped } from '../states/visit.ts';
import { expectAtOnce } from './at-once.ts';
import { closeLid } from './close-lid.ts';
import { connectionCount, countResumes, installPageConnections } from './page-connections.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ expectedConsoleErrors: [/Failed to load resource|ERR_INTERNET_DISCONNECTED/] });

const weak = (page: Page) => page.getByRole('main').getByText('The connection is weak.').first();

test.beforeEach(({ page }) => installPageConnections(page));
test.afterEach(clearFaults);

test('offline: shown at once, and good again when the network is back', async ({
  page,
  context,
  signInAsGuest,
}) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await expectAtOnce(page, /The connection is weak\./, () => context.setOffline(true));
  await context.setOffline(false);
  await expect(weak(page)).toHaveCount(0);
  expect(await connectionCount(page)).toBe(1);
});

test('a connection that drops while offline waits for the network, then is replaced', async ({
  page,
  context,
  signInAsGuest,
}) => {
  const resumes = countResumes(page);
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await context.setOffline(true);
  await expectAtOnce(page, /Reconnecting\. Your network isn’t responding/, () =>
    faultLiveCalls('drop_channel'),
  );
  await expect(shown(page, /^Reconnecting\. Your network isn’t responding/)).toBeVisible();
  // The pause before the first try has passed. The try itself waits.
  await expect(shown(page, /Next try in/)).toHaveCount(0);
  expect(resumes()).toBe(0);
  await context.setOffline(false);
  await expect(page.getByText('Connected again.')).toBeVisible();
  expect(resumes()).toBe(1);
  expect(await connectionCount(page)).toBe(2);
});

const missingPart = (page: Page) => page.getByRole('alert').filter({ hasText: 'Check your connection' });
const inspectButton = (page: Page) => page.getByRole('button', { name: 'Inspect this call' });
const inspected = (page: Page) => page.getByRole('dialog').getByText(/^From click to live/);

/** The inspector is a part that is fetched when it is opened. */
async function inspectOffline(page: Page, signIn: () => Promise<void>): Promise<void> {
  await startTyped({ page, signIn });
  await page.context().setOffline(true);
  await inspectButton(page).click();
  await expect(missingPart(page)).toBeVisible();
}

test('a part that did not load offline is fetched again without a reload, and the call goes on', async ({
  page,
  context,
  signInAsGuest,
}) => {
  await inspectOffline(page, () => signInAsGuest(page));
  const missing = missingPart(page);
  await missing.getByRole('button', { name: 'Try again' }).click();
  await expect(missing.getByRole('button', { name: 'One moment…' })).toBeVisible();
  await expect(missing.getByRole('button', { name: 'Try again' })).toBeVisible();
  await context.setOffline(false);
  await missing.getByRole('button', { name: 'Try again' }).click();
  await expect(inspected(page)).toBeVisible();
  await expect(missing).toHaveCount(0);
  await askAgent(page);
});

test('a part that did not load offline is fetched again when it is opened again', async ({
  page,
  context,
  signInAsGuest,
}) => {
  await inspectOffline(page, () => signInAsGuest(page));
  await inspectButton(page).click();
  await expect(missingPart(page)).toHaveCount(0);
  await context.setOffline(false);
  await inspectButton(page).click();
  await expect(inspected(page)).toBeVisible();
});

test('network change: the connection is probed, and stays if it responds', async ({
  page,
  signInAsGuest,
}) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await page.evaluate(() => {
    const { connection } = navigator as unknown as { connection: EventTarget };
    connection.dispatchEvent(new Event('change'));
  });
  await expect(weak(page)).toHaveCount(0);
  await askAgent(page);
  expect(await connectionCount(page)).toBe(1);
});

test.describe('sleep and wake', () => {
  test.skip(process.platform === 'win32', 'Windows cannot stop a process for a while.');

  test('a dead connection is noticed and replaced', async ({ page, browser, signInAsGuest }) => {
    await startTyped({ page, signIn: () => signInAsGuest(page) });
    await closeLid(browser, () => faultLiveCalls('kill_peer'));
    await expect(page.getByText('Connected again.')).toBeVisible();
    expect(await connectionCount(page)).toBe(2);
  });

  test('a live connection is kept', async ({ page, browser, signInAsGuest }) => {
    await startTyped({ page, signIn: () => signInAsGuest(page) });
    await closeLid(browser);
    await askAgent(page);
    expect(await connectionCount(page)).toBe(1);
  });
});

/** Where the browser sends its offer. In relay mode the secret is a ticket of ours, and the provider never sees it. */
const OFFERS = isRelay ? /\/api\/voice\/calls\/([\w-]+)\/sdp$/ : /\/v1\/realtime\/calls$/;

async function expireSecret(offerUrl: string): Promise<void> {
  const callId = OFFERS.exec(offerUrl)?.[1];
  if (callId === undefined) await orderFaults({ now: { action: 'expire_secrets' } });
  else await sandboxRedis().hset(`voice:call:${callId}`, { secretUntilMs: Date.now() });
}

test('secret expired before use: refused, and renewed once without the user', async ({
  page,
  signInAsGuest,
}) => {
  // A page of an older deployment sends its offer after the ticket, in relay mode too.
  await page.route('**/api/voice/session', (route) => {
    const { offer: _, ...body } = route.request().postDataJSON();
    return route.continue({ postData: JSON.stringify(body) });
  });
  // The first offer waits until its secret has expired.
  const sendLate = (route: Route) => expireSecret(route.request().url()).then(() => route.continue());
  await page.route(OFFERS, sendLate, { times: 1 });
  const statuses: number[] = [];
  page.on('response', (response) => OFFERS.test(response.url()) && statuses.push(response.status()));
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await askAgent(page);
  expect(statuses).toEqual([401, 201]);
  expect(await connectionCount(page)).toBe(2);
});

test('sign-out in another tab: the call here ends, and the page offers to sign in', async ({
  page,
  context,
  signInAsGuest,
}) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  const other = await context.newPage();
  await other.goto('/');
  await other.getByRole('button', { name: /account/i }).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Your sign-in ended, so the call ended.' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: 'Sign in' })).toBeVisible();
});

test('a sign-in that ended unnoticed: the receipt is missing, and the page stays with what was said', async ({
  page,
  context,
  signInAsGuest,
}) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await askAgent(page);
  await context.clearCookies();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/version')) asked.push(request.url());
  });
  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText(/It will still end and settle the call/)).toBeVisible();
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText(/^Transcript copied$|blocked copying/)).toBeVisible();
  // A page that is to be rendered anew asks for this first, and would become the sign-in page.
  expect(asked).toEqual([]);
  await expect(page.getByText('You typed:')).toBeAttached();
});

test('a sign-out that does not reach the server says so', async ({ page, context, signInAsGuest }) => {
  await signInAsGuest(page);
  await page.getByRole('button', { name: /account/i }).click();
  const signOut = page.getByRole('menuitem', { name: /^Sign out/ });
  await expect(signOut).toBeVisible();
  await context.setOffline(true);
  await signOut.click();
  await expect(signOut).toContainText('You’re still signed in');
  await context.setOffline(false);
  await signOut.click();
  await expect(page.getByRole('heading', { name: 'Sign in to talk' })).toBeVisible();
});
