import { expect, type Page, type Response } from 'playwright/test';
import { clearFaults, orderFaults } from '../attack/server/sandbox-faults.ts';
import { test } from '../fixtures.ts';
import { sandboxCalls } from '../sandbox-calls.ts';
import { faultLiveCalls, hangUp } from '../states/fault-live-calls.ts';
import { answers, askAgent, QUESTION, shown, startTyped, stopReply, typeMessage } from '../states/visit.ts';
import { expectAtOnce } from './at-once.ts';
import { connectionCount, countOffers, countResumes, installPageConnections } from './page-connections.ts';

// The browser reports dropped connections and refused requests.
test.describe.configure({ mode: 'parallel' });
test.use({ expectedConsoleErrors: [/Failed to load resource|WebRTC|RTC/] });

const reconnecting = (page: Page) =>
  page
    .getByRole('main')
    .getByText(/Reconnecting/)
    .first();
/** A peer that vanishes silently is first doubted, then given up. */
const TROUBLED = /Reconnecting|connection is weak/;
const again = (page: Page) => page.getByText('Connected again.');
const ended = (page: Page, sentence: string) => page.getByRole('heading', { name: sentence });
const record = (page: Page) => page.getByRole('log', { name: 'Conversation' });

let opened: Promise<Response>;
test.beforeEach(async ({ page, signInAsGuest }) => {
  opened = page.waitForResponse('**/api/voice/session');
  await installPageConnections(page);
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await expect(record(page).getByText(/^Hello/)).toBeVisible();
});
test.afterEach(clearFaults);

for (const [what, blow] of [
  ['data channel lost', 'drop_channel'],
  ['peer failed', 'kill_peer'],
] as const) {
  test(`${what}: shown at once, replaced, and the conversation goes on`, async ({ page }) => {
    await askAgent(page);
    // A reply that the drop cuts off is due again, and would be given twice.
    await stopReply(page);
    await expectAtOnce(page, TROUBLED, () => faultLiveCalls(blow));
    await expect(reconnecting(page)).toBeVisible();
    await expect(again(page)).toBeVisible();
    expect(await connectionCount(page)).toBe(2);
    // Earlier messages are in the transcript once.
    await expect(record(page).getByText(QUESTION)).toHaveCount(1);
    await expect(answers(page)).toHaveCount(1);
    await askAgent(page, 2);
  });
}

test('typed into a connection that is gone: shown as waiting, then sent and answered once', async ({
  page,
}) => {
  await faultLiveCalls('kill_peer');
  await typeMessage(page, QUESTION);
  await expect(record(page).getByText('Waiting for the connection')).toBeVisible();
  await expect(again(page)).toBeVisible();
  await expect(answers(page)).toHaveCount(1);
  await expect(record(page).getByText(QUESTION)).toHaveCount(1);
});

test('typed and not sent when the call ends: it is not lost', async ({ page }) => {
  await page.getByRole('textbox', { name: /^Message to/ }).fill('My question is');
  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByRole('blockquote')).toHaveText('My question is');
});

test('typed for a connection that never comes: told of after the call', async ({ page }) => {
  const error = { code: 'provider_failed', message: 'Refused.', requestId: 'r' };
  await page.route('**/resume', (route) => route.fulfill({ status: 502, json: { error } }));
  await faultLiveCalls('drop_channel');
  await expect(reconnecting(page)).toBeVisible();
  await typeMessage(page, QUESTION);
  await expect(ended(page, 'The connection was lost.')).toBeVisible();
  await expect(page.getByRole('blockquote')).toHaveText(QUESTION);
});

test('a connection that is refused another is tried three times, then the call ends for that reason', async ({
  page,
}) => {
  const resumes = countResumes(page);
  const error = { code: 'provider_failed', message: 'Refused.', requestId: 'r' };
  await page.route('**/resume', (route) => route.fulfill({ status: 502, json: { error } }));
  await faultLiveCalls('drop_channel');
  await expect(shown(page, /attempt 2 of 3/)).toBeVisible();
  await expect(ended(page, 'The connection was lost.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Talk again' })).toBeVisible();
  expect(resumes()).toBe(3);
});

test('the voice service fails too: the next attempt connects', async ({ page }) => {
  await orderFaults({ calls: { status: 500, times: 1 } });
  await faultLiveCalls('drop_channel');
  await expect(again(page)).toBeVisible();
  expect(await connectionCount(page)).toBe(3);
});

test('refused for sign-in: after a sign-out nothing is tried again', async ({ page, context }) => {
  const resumes = countResumes(page);
  await context.clearCookies();
  await faultLiveCalls('drop_channel');
  await expect(ended(page, 'Your sign-in ended, so the call ended.')).toBeVisible();
  expect(resumes()).toBe(1);
});

test('a call that was taken over in another window says so', async ({ page, baseURL }) => {
  const resumes = countResumes(page);
  const headers = { origin: baseURL ?? '' };
  const taken = await page.request.post('/api/voice/session', { data: { takeOver: true }, headers });
  expect(taken.status()).toBe(201);
  await expect(ended(page, 'The call moved to another window or device.')).toBeVisible();
  expect(resumes()).toBeLessThanOrEqual(1);
});

test('server hang-up by the provider: shown at once, and the same call goes on over a new connection', async ({
  page,
}) => {
  const rtcCallId = (await sandboxCalls()).findLast(({ endedAt }) => endedAt === null)?.id;
  await expectAtOnce(page, TROUBLED, () => hangUp(rtcCallId ?? ''));
  await expect(again(page)).toBeVisible();
});

test('server hang-up by ours: shown at once, not tried again, and ended with its receipt', async ({
  page,
  baseURL,
}) => {
  const { callId } = await (await opened).json();
  const offers = countOffers(page);
  const headers = { origin: baseURL ?? '' };
  await expectAtOnce(page, /Reconnecting|connection is weak|No one spoke for a while/, () =>
    page.request.post(`/api/voice/calls/${callId}/end`, { data: { reason: 'idle' }, headers }),
  );
  await expect(ended(page, 'No one spoke for a while, so the call ended.')).toBeVisible();
  await expect(page.getByText('Left today', { exact: true })).toBeVisible();
  expect(offers()).toBe(0);
});

test('a session that has reached its maximum age ends the call for its time', async ({ page }) => {
  await faultLiveCalls('expire_session');
  await expect(ended(page, 'The call reached its time limit.')).toBeVisible();
});
