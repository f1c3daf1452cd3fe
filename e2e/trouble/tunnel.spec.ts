import { expect, type Page, type Route } from 'playwright/test';
import { test } from '../fixtures.ts';
import { faultLiveCalls } from '../states/fault-live-calls.ts';
import { answers, askAgent, QUESTION, shown, startTyped, stopReply } from '../states/visit.ts';
import { connectionCount, countResumes, installPageConnections } from './page-connections.ts';

/* A network that swallows everything while the browser believes that it is online: a tunnel, a lift. */

test.describe.configure({ mode: 'parallel' });
test.use({ expectedConsoleErrors: [/Failed to load resource|WebRTC|RTC/] });

/** Our server’s routes for calls, and the provider’s. */
const CALL_REQUESTS = /\/api\/voice\/|\/v1\/realtime\//;
/** After 0.5, 1, 2, 4, 4 and 4 seconds: the sixth begins after 15 s at least. */
const ATTEMPTS_IN_15_S = 6;

const again = (page: Page) => page.getByText('Connected again.');
const silent = (page: Page) => shown(page, /network isn’t responding/);

let callId: string;
test.beforeEach(async ({ page, signInAsGuest }) => {
  const opened = page.waitForResponse('**/api/voice/session');
  await installPageConnections(page);
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  ({ callId } = await (await opened).json());
  await askAgent(page);
  await stopReply(page);
});

test('a tunnel of 15 seconds: the screen says what is wrong, and the same call goes on after it', async ({
  page,
}) => {
  const tried = countResumes(page);
  const swallow = (route: Route) => route.abort();
  await page.route(CALL_REQUESTS, swallow);
  await faultLiveCalls('kill_peer');
  await expect(silent(page)).toBeVisible();
  await expect.poll(tried, { timeout: 45_000 }).toBe(ATTEMPTS_IN_15_S);
  expect(await page.evaluate(() => navigator.onLine)).toBe(true);
  await expect(silent(page)).toBeVisible();
  const resumed = page.waitForResponse(/\/resume$/);
  await page.unroute(CALL_REQUESTS, swallow);
  await expect(again(page)).toBeVisible();
  const ticket = await (await resumed).json();
  expect(ticket.callId).toBe(callId);
  expect(await connectionCount(page)).toBe(2);
  await askAgent(page, 2);
  const record = page.getByRole('log', { name: 'Conversation' });
  await expect(record.getByText(QUESTION)).toHaveCount(2);
  // The server holds one call, and charges it once.
  const ended = page.waitForResponse(/\/end$/);
  await page.getByRole('button', { name: 'End call' }).click();
  const receipt = await (await ended).json();
  expect(receipt).toMatchObject({ callId, reason: 'user' });
  expect(receipt.seconds).toBeGreaterThanOrEqual(15);
  expect(receipt.seconds + receipt.secondsLeftToday).toBe(30 * 60);
});

test('a tunnel that swallows the answer of the server: the next attempt gets another ticket', async ({
  page,
}) => {
  const tried = countResumes(page);
  await page.route(/\/resume$/, (route) => route.fetch().then(() => route.abort()), { times: 1 });
  await faultLiveCalls('kill_peer');
  await expect(again(page)).toBeVisible();
  expect(tried()).toBe(2);
  await askAgent(page, 2);
  await expect(answers(page)).toHaveCount(2);
});
