import { expect, type Page } from 'playwright/test';
import { orderFaults } from '../attack/sandbox-faults.ts';
import {
  blockPlaybackOnce,
  leaveMicrophoneQuestionOpen,
  refuseMicrophone,
  removeMicrophoneApi,
} from './odd-browsers.ts';
import { strikeCalls } from './strike-calls.ts';

/** What a way to a state may use. */
export interface Visit {
  page: Page;
  signIn: () => Promise<void>;
}

export interface ReachedState {
  /** Its number and name in the list of the fifteen states; variants have a letter. */
  name: string;
  /** What stands on the screen then: the one sentence of the state. */
  sentence: RegExp;
  /** The accessible name of its main action; `null` where speaking is the action. */
  action: RegExp | null;
  /** Part of what a screen reader is told. */
  announcement: RegExp;
  reach: (visit: Visit) => Promise<void>;
}

export const typeMessage = async (page: Page, text: string) => {
  const field = page.getByRole('textbox', { name: /^Message to/ });
  await field.fill(text);
  await field.press('Enter');
};

const talk = (page: Page) => page.getByRole('button', { name: 'Talk', exact: true }).click();

export async function startTyped({ page, signIn }: Visit): Promise<void> {
  await signIn();
  await page.getByRole('button', { name: 'Type instead' }).click();
  await expect(page.getByRole('textbox', { name: /^Message to/ })).toBeVisible();
}

async function startSpoken({ page, signIn }: Visit): Promise<void> {
  await signIn();
  await talk(page);
  await expect(page.getByRole('toolbar', { name: 'Call' })).toBeVisible({ timeout: 20_000 });
}

/** Tools take this long from now on, so that there is time to look. */
const slowTools = (page: Page) =>
  page.route('**/api/voice/calls/*/tools/*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    await route.continue().catch(() => undefined); // The call may be over by then.
  });

const refuseSession = (page: Page, status: number, code: string, retryAfterSeconds?: number) =>
  page.route('**/api/voice/session', (route) =>
    route.fulfill({
      status,
      json: { error: { code, message: 'Refused.', requestId: 'r', retryAfterSeconds } },
    }),
  );

/** The way into each of the fifteen states, with a real server, a real call and a sandbox in trouble. */
export const STATES: readonly ReachedState[] = [
  {
    name: '01-signed-out',
    sentence: /^Sign in to talk$/,
    action: /^Continue as guest$/,
    announcement: /^$/,
    reach: async ({ page }) => void (await page.goto('/')),
  },
  {
    name: '02-unsupported',
    sentence: /cannot share a microphone/,
    action: /^Type instead$/,
    announcement: /cannot share a microphone/,
    async reach({ page, signIn }) {
      await removeMicrophoneApi(page);
      await signIn();
    },
  },
  {
    name: '03-not-configured',
    sentence: /not set up on this site yet/,
    action: /^See what is missing$/,
    announcement: /not set up/,
    async reach({ page, signIn }) {
      await refuseSession(page, 503, 'not_configured');
      await signIn();
      await talk(page);
    },
  },
  {
    name: '04-ready',
    sentence: /^Ready when you are/,
    action: /^Talk$/,
    announcement: /^Ready\. Press Talk/,
    reach: ({ signIn }) => signIn(),
  },
  {
    name: '05-waiting-for-microphone',
    sentence: /^Allow the microphone to start/,
    action: /^Cancel$/,
    announcement: /Choose Allow/,
    async reach({ page, signIn }) {
      await leaveMicrophoneQuestionOpen(page);
      await signIn();
      await talk(page);
    },
  },
  {
    name: '06-microphone-blocked',
    sentence: /microphone is blocked/,
    action: /^Try again$/,
    announcement: /type instead/,
    async reach({ page, signIn }) {
      await refuseMicrophone(page, 'NotAllowedError');
      await signIn();
      await talk(page);
    },
  },
  {
    name: '06b-microphone-missing',
    sentence: /No microphone was found/,
    action: /^Try again$/,
    announcement: /No microphone/,
    async reach({ page, signIn }) {
      await refuseMicrophone(page, 'NotFoundError');
      await signIn();
      await talk(page);
    },
  },
  {
    name: '07-connecting',
    sentence: /^Calling Robin/,
    action: /^Cancel$/,
    announcement: /^Connecting to Robin/,
    async reach({ page, signIn }) {
      await orderFaults({ calls: { latencyMs: 9_000, times: 1 } });
      await signIn();
      await talk(page);
    },
  },
  {
    name: '08-refused-rate-limited',
    sentence: /a lot of calls in a short time/,
    action: /^Try again$/,
    announcement: /short pause/,
    async reach({ page, signIn }) {
      await refuseSession(page, 429, 'rate_limited', 42);
      await signIn();
      await talk(page);
    },
  },
  {
    name: '08b-refused-already-in-call',
    sentence: /already in a call in another window/,
    action: /^Take over here$/,
    announcement: /already in a call/,
    async reach({ page, signIn }) {
      await signIn();
      const { origin } = new URL(page.url());
      await page.request.post('/api/voice/session', { data: {}, headers: { origin } });
      await talk(page);
    },
  },
  {
    name: '08c-refused-provider-down',
    sentence: /voice service did not answer/,
    action: /^Try again$/,
    announcement: /Nothing was charged/,
    async reach({ page, signIn }) {
      await orderFaults({ mint: { status: 500, times: 1 }, calls: { status: 500, times: 1 } });
      await signIn();
      await talk(page);
    },
  },
  {
    name: '09-listening',
    sentence: /^Listening\. Just talk\.$/,
    action: null,
    announcement: /^Connected to Robin\. You can speak\.$/,
    reach: startSpoken,
  },
  {
    name: '11-using-a-tool',
    sentence: /^Robin is thinking…$/,
    action: null,
    announcement: /Robin is thinking/,
    async reach(visit) {
      await slowTools(visit.page);
      await startTyped(visit);
      await typeMessage(visit.page, 'What services do you have?');
      await expect(visit.page.getByText(/^Checking…/)).toBeVisible();
    },
  },
  {
    name: '12-agent-speaking',
    sentence: /^Robin is speaking\.$/,
    action: /^Stop Robin$/,
    announcement: /Robin is speaking/,
    async reach(visit) {
      await startTyped(visit);
      await typeMessage(visit.page, 'What services do you have?');
      await expect(visit.page.getByRole('article', { name: /^Tool:/ }).getByText('Done')).toBeVisible();
    },
  },
  {
    name: '13-needs-approval',
    sentence: /^Robin needs your word\.$/,
    action: /^Allow$/,
    announcement: /allow or don’t allow/,
    async reach(visit) {
      await startTyped(visit);
      await typeMessage(visit.page, 'Book a tune-up on Friday at ten.');
    },
  },
  {
    name: '14-reconnecting',
    sentence: /^Reconnecting, try \d of 3…$/,
    action: /^End call$/,
    announcement: /Reconnecting/,
    async reach(visit) {
      await startTyped(visit);
      await typeMessage(visit.page, 'What services do you have?');
      await expect(visit.page.getByRole('article', { name: /^Tool:/ }).getByText('Done')).toBeVisible();
      await visit.page.route('**/api/voice/calls/*/resume', () => undefined);
      await strikeCalls('drop_channel');
    },
  },
  {
    name: '14b-playback-blocked',
    sentence: /holding back Robin’s voice/,
    action: /^Tap to hear$/,
    announcement: /Tap to hear/,
    async reach(visit) {
      await blockPlaybackOnce(visit.page);
      await startTyped(visit);
    },
  },
  {
    name: '15-ended',
    sentence: /^You ended the call\.$/,
    action: /^Talk again$/,
    announcement: /It lasted/,
    async reach(visit) {
      await startTyped(visit);
      await typeMessage(visit.page, 'Book a tune-up on Friday at ten.');
      await visit.page.getByRole('button', { name: 'Allow', exact: true }).click();
      const card = visit.page.getByRole('article', { name: 'Tool: Book an appointment' });
      await expect(card.getByText('Done')).toBeVisible();
      await visit.page.getByRole('button', { name: 'End call' }).click();
    },
  },
  {
    name: '16-muted',
    sentence: /^You’re muted\.$/,
    action: /^Unmute$/,
    announcement: /muted|speaking/,
    async reach(visit) {
      await startSpoken(visit);
      await visit.page.getByRole('button', { name: /^Mute/ }).click();
    },
  },
  {
    name: '17-push-to-talk',
    sentence: /^Hold the button or Space to talk\.$/,
    action: /^Hold to talk/,
    announcement: /Hold the button|speaking/,
    async reach(visit) {
      const { page, signIn } = visit;
      await signIn();
      await page.getByRole('button', { name: 'Options' }).click();
      await page.getByRole('checkbox', { name: /^Push to talk/ }).check();
      await page.getByRole('button', { name: 'Close' }).click();
      await talk(page);
    },
  },
  {
    name: '18-options',
    sentence: /^Who answers$/,
    action: /^Close$/,
    announcement: /^$/,
    async reach({ page, signIn }) {
      await signIn();
      await page.getByRole('button', { name: 'Options' }).click();
    },
  },
  {
    name: '19-inspector',
    sentence: /^From click to live/,
    action: /^Close the inspector$/,
    announcement: /./,
    async reach(visit) {
      await startTyped(visit);
      await typeMessage(visit.page, 'What services do you have?');
      await expect(visit.page.getByRole('article', { name: /^Tool:/ }).getByText('Done')).toBeVisible();
      await visit.page.getByRole('button', { name: 'Inspect this call' }).click();
    },
  },
  {
    name: '20-handoff',
    sentence: /handed over to/,
    action: /^End call$/,
    announcement: /./,
    async reach(visit) {
      await startTyped(visit);
      await typeMessage(visit.page, 'Can I talk to the mechanic?');
    },
  },
  {
    name: '21-your-calls',
    sentence: /^You ended the call\.$/,
    action: /You ended the call/,
    announcement: /^$/,
    async reach(visit) {
      await startTyped(visit);
      await visit.page.getByRole('button', { name: 'End call' }).click();
      await visit.page.getByRole('link', { name: 'Your calls' }).click();
    },
  },
  {
    name: '22-a-kept-call',
    sentence: /What services do you have\?/,
    action: /^Delete it$/,
    announcement: /^$/,
    async reach(visit) {
      await startTyped(visit);
      await typeMessage(visit.page, 'What services do you have?');
      await expect(visit.page.getByRole('article', { name: /^Tool:/ }).getByText('Done')).toBeVisible();
      await visit.page.getByRole('button', { name: 'End call' }).click();
      await visit.page.getByRole('checkbox', { name: /^Keep this conversation/ }).check();
      await expect(visit.page.getByText(/^Kept for/)).toBeVisible();
      await visit.page.getByRole('link', { name: 'Your calls' }).click();
      await visit.page.getByRole('link', { name: /You ended the call/ }).click();
      await visit.page.waitForURL('**/calls/call_*');
    },
  },
];

/** Where the words of a state stand for everybody to see: not the regions that only a screen reader reads. */
export const shown = (page: Page, words: RegExp) =>
  page
    .getByRole('main')
    .or(page.getByRole('dialog'))
    .getByText(words)
    .and(page.locator(':not([role="status"], [role="alert"], .sr-only)'))
    .filter({ visible: true })
    .first();
