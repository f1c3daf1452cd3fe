import type { Page } from 'playwright/test';
import { orderFaults } from '../attack/server/sandbox-faults.ts';
import {
  closeMicrophoneQuestion,
  leaveMicrophoneQuestionOpen,
  refuseMicrophone,
  refuseMicrophoneBySystem,
  removeMicrophoneApi,
} from './odd-browsers.ts';
import { type ReachedState, talk } from './visit.ts';

const refuseSession = (page: Page, status: number, code: string, retryAfterSeconds?: number) =>
  page.route('**/api/voice/session', (route) =>
    route.fulfill({
      status,
      json: { error: { code, message: 'Refused.', requestId: 'r', retryAfterSeconds } },
    }),
  );

/** Returns a way that prepares the page or the provider, signs in and clicks Talk. */
const talkAfter =
  (prepare: (page: Page) => Promise<unknown>): ReachedState['reach'] =>
  async ({ page, signIn }) => {
    await prepare(page);
    await signIn();
    await talk(page);
  };

/** How to reach the states before a call: with a real server, odd browsers and a failing provider. */
export const SETUP_STATES: readonly ReachedState[] = [
  {
    name: '01-signed-out',
    sentence: /^Sign in to talk$/,
    action: /^Continue as guest$/,
    announcement: /^$/,
    reach: async ({ page }) => void (await page.goto('/')),
  },
  {
    name: '02-unsupported',
    sentence: /can’t share a microphone/,
    action: /^Type instead$/,
    announcement: /current version of Chrome/,
    async reach({ page, signIn }) {
      await removeMicrophoneApi(page);
      await signIn();
    },
  },
  {
    name: '03-not-configured',
    sentence: /isn’t set up on this site yet/,
    action: /^See what’s missing$/,
    announcement: /owner of the site can see/,
    reach: talkAfter((page) => refuseSession(page, 503, 'not_configured')),
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
    sentence: /^Allow the microphone to begin/,
    action: /^Cancel$/,
    announcement: /Choose Allow/,
    reach: talkAfter(leaveMicrophoneQuestionOpen),
  },
  {
    name: '06-microphone-blocked',
    sentence: /microphone is blocked/,
    action: /^Try again$/,
    announcement: /type instead/,
    reach: talkAfter((page) => refuseMicrophone(page, 'NotAllowedError')),
  },
  {
    name: '06b-microphone-missing',
    sentence: /No microphone was found/,
    action: /^Try again$/,
    announcement: /try again or type instead/,
    reach: talkAfter((page) => refuseMicrophone(page, 'NotFoundError')),
  },
  {
    name: '06c-microphone-question-closed',
    sentence: /microphone request was dismissed/,
    action: /^Try again$/,
    announcement: /try again or type instead/,
    reach: talkAfter(closeMicrophoneQuestion),
  },
  {
    name: '06d-microphone-in-use',
    sentence: /Another program is using the microphone/,
    action: /^Try again$/,
    announcement: /try again or type instead/,
    reach: talkAfter((page) => refuseMicrophone(page, 'NotReadableError')),
  },
  {
    name: '06e-microphone-blocked-by-system',
    sentence: /device doesn’t let this browser use the microphone/,
    action: /^Try again$/,
    announcement: /try again or type instead/,
    reach: talkAfter(refuseMicrophoneBySystem),
  },
  {
    name: '07-connecting',
    sentence: /^Calling /,
    action: /^Cancel$/,
    announcement: /^Connecting to /,
    reach: talkAfter(() => orderFaults({ calls: { latencyMs: 9_000, times: 1 } })),
  },
  {
    name: '08-refused-rate-limited',
    sentence: /a lot of calls in a short time/,
    action: /^Try again$/,
    announcement: /short break/,
    reach: talkAfter((page) => refuseSession(page, 429, 'rate_limited', 42)),
  },
  {
    name: '08b-refused-already-in-call',
    sentence: /already have a call open elsewhere/,
    action: /^Take over here$/,
    announcement: /Carry on there/,
    async reach({ page, signIn }) {
      await signIn();
      const { origin } = new URL(page.url());
      await page.request.post('/api/voice/session', { data: {}, headers: { origin } });
      await talk(page);
    },
  },
  {
    name: '08d-refused-minutes-used',
    sentence: /used up today’s minutes/,
    action: /^Back$/,
    announcement: /renew every day/,
    reach: talkAfter((page) => refuseSession(page, 429, 'allowance_exhausted', 5 * 3600)),
  },
  {
    name: '08e-refused-site-limit',
    sentence: /reached its limit for today/,
    action: /^Try again$/,
    announcement: /You weren’t charged/,
    reach: talkAfter((page) => refuseSession(page, 503, 'budget_exhausted', 7 * 3600)),
  },
  {
    name: '08g-refused-busy',
    sentence: /All lines are busy right now/,
    action: /^Try again$/,
    announcement: /room again when the next call ends/,
    reach: talkAfter((page) => refuseSession(page, 503, 'site_busy', 42)),
  },
  {
    name: '08f-refused-needs-owner',
    sentence: /voice account needs its owner/,
    action: /^Back$/,
    announcement: /Waiting won’t help/,
    reach: talkAfter(() => {
      const fault = { status: 429, code: 'insufficient_quota' };
      return orderFaults({ mint: fault, calls: fault });
    }),
  },
  {
    name: '08c-refused-provider-down',
    sentence: /voice service isn’t responding/,
    action: /^Try again$/,
    announcement: /usually back within a minute/,
    reach: talkAfter(() =>
      orderFaults({ mint: { status: 500, times: 1 }, calls: { status: 500, times: 1 } }),
    ),
  },
];
