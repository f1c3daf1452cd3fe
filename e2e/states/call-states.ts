import { expect } from 'playwright/test';
import { orderFaults } from '../attack/server/sandbox-faults.ts';
import { faultLiveCalls } from './fault-live-calls.ts';
import { blockPlaybackOnce, holdSound, pauseSound, takeMicrophone } from './odd-browsers.ts';
import {
  askAgent,
  greeting,
  hush,
  IS_SPEAKING,
  type ReachedState,
  startListening,
  startSpoken,
  startTyped,
  talk,
  typeMessage,
} from './visit.ts';

/** How to reach the states of a call, of its end and of the screens around it, in real calls. */
export const CALL_STATES: readonly ReachedState[] = [
  {
    name: '09-listening',
    sentence: /^Listening\. Just talk\.$/,
    action: null,
    announcement: /^Connected to .+\. You can speak\.$/,
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
    name: '09c-nobody-there',
    sentence: /^Are you still there\?$/,
    action: /^I’m still here$/,
    announcement: /Press a key or the button to stay/,
    async reach(visit) {
      await startListening(visit); // In these tests nobody speaks.
      await expect(visit.page.getByText('Say something, or the call will end soon.')).toBeVisible({
        timeout: 45_000,
      });
    },
  },
  {
    name: '12-agent-speaking',
    sentence: IS_SPEAKING,
    action: /^Stop /,
    announcement: /is speaking/,
    async reach(visit) {
      await startTyped(visit);
      await askAgent(visit.page);
    },
  },
  {
    name: '14-reconnecting',
    sentence: /^Reconnecting, attempt \d of 3…$/,
    action: /^End call$/,
    announcement: /Reconnecting/,
    async reach(visit) {
      await startTyped(visit);
      await askAgent(visit.page);
      await visit.page.route('**/api/voice/calls/*/resume', () => undefined);
      await faultLiveCalls('drop_channel');
    },
  },
  {
    name: '14d-microphone-taken',
    sentence: /^Your device has taken the microphone\.$/,
    action: /^Tap to go on$/,
    announcement: /Use the Tap to go on button/,
    async reach(visit) {
      await holdSound(visit.page);
      await startListening(visit);
      await takeMicrophone(visit.page);
    },
  },
  {
    name: '14e-sound-paused',
    sentence: /^Your device has paused the sound\.$/,
    action: /^Tap to go on$/,
    announcement: /Use the Tap to go on button/,
    async reach(visit) {
      await holdSound(visit.page);
      await startTyped(visit);
      await pauseSound(visit.page);
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
    sentence: /has blocked .+’s voice/,
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
      await askAgent(visit.page);
      await visit.page.getByRole('button', { name: 'End call' }).click();
    },
  },
  {
    name: '15c-ended-by-the-provider',
    sentence: /^The voice service stopped the call\./,
    action: /^Talk again$/,
    announcement: /It lasted/,
    async reach(visit) {
      await startTyped(visit);
      await expect(greeting(visit.page)).toBeVisible();
      await orderFaults({ response: { code: 'insufficient_quota' } });
      await typeMessage(visit.page, 'Hello');
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
      await askAgent(visit.page);
      await visit.page.getByRole('button', { name: 'Inspect this call' }).click();
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
    sentence: /Who are you\?/,
    action: /^Delete conversation$/,
    announcement: /^$/,
    async reach(visit) {
      await startTyped(visit);
      await askAgent(visit.page);
      await visit.page.getByRole('button', { name: 'End call' }).click();
      await visit.page.getByRole('checkbox', { name: /^Keep this conversation/ }).check();
      await expect(visit.page.getByText(/^Kept for/)).toBeVisible();
      await visit.page.getByRole('link', { name: 'Your calls' }).click();
      await visit.page.getByRole('link', { name: /You ended the call/ }).click();
      await visit.page.waitForURL('**/calls/call_*');
    },
  },
];
