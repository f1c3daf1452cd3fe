import { expect, type Page } from 'playwright/test';
import { bookableWeekday } from '../business/bookable-weekday.ts';
import { strikeCalls } from './fault-live-calls.ts';
import { blockPlaybackOnce } from './odd-browsers.ts';
import {
  hush,
  type ReachedState,
  startListening,
  startSpoken,
  startTyped,
  talk,
  typeMessage,
} from './visit.ts';

/** Tools take this long from now on, so that there is time to look. */
const slowTools = (page: Page) =>
  page.route('**/api/voice/calls/*/tools/*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    await route.continue().catch(() => undefined); // The call may be over by then.
  });

/** The ways into the states of a call, of its end, and of what surrounds it: over real calls. */
export const CALL_STATES: readonly ReachedState[] = [
  {
    name: '09-listening',
    sentence: /^Listening\. Just talk\.$/,
    action: null,
    announcement: /^Connected to Robin\. You can speak\.$/,
    reach: startListening,
  },
  {
    name: '09b-not-heard',
    sentence: /^We can’t hear you\.$/,
    action: /^End call$/,
    announcement: /Check your microphone/,
    reach: startListening, // The microphone of these tests is silent.
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
      await expect(visit.page.getByText(/^Working…/)).toBeVisible();
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
    sentence: /^Robin needs your approval\.$/,
    action: /^Allow$/,
    announcement: /Choose Allow or Don’t allow/,
    async reach(visit) {
      await startTyped(visit);
      await typeMessage(visit.page, `Book a tune-up on ${bookableWeekday()} at ten.`);
    },
  },
  {
    name: '14-reconnecting',
    sentence: /^Reconnecting, attempt \d of 3…$/,
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
    name: '14c-weak-connection',
    sentence: /^The connection is weak\.$/,
    action: /^End call$/,
    announcement: /connection is weak/,
    async reach(visit) {
      await startTyped(visit);
      await visit.page.context().setOffline(true);
    },
  },
  {
    name: '14b-playback-blocked',
    sentence: /has blocked Robin’s voice/,
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
      await typeMessage(visit.page, `Book a tune-up on ${bookableWeekday()} at ten.`);
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
    sentence: /^Hold the button to talk\.$/,
    action: /^Hold to talk/,
    announcement: /Hold the button|speaking/,
    async reach(visit) {
      const { page, signIn } = visit;
      await signIn();
      await page.getByRole('button', { name: 'Options' }).click();
      await page.getByRole('checkbox', { name: /^Push to talk/ }).check();
      await page.getByRole('button', { name: 'Close' }).click();
      await talk(page);
      await hush(page);
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
    action: /^Delete conversation$/,
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
