import { expect, type Page } from 'playwright/test';
import { signInAsGuest } from '../sandbox/runner/services/guest-session.ts';
import { cookiesOf } from './browser/cookies.ts';
import { installPageRecorder, type PageRecording, readPageRecording } from './browser/page-recorder.ts';
import { installPageSpeech, speakIntoPage } from './browser/page-speech.ts';
import { watchContext } from './browser/watch-context.ts';
import { workerTest } from './worker-fixtures.ts';

/** What the page hears and reads over WebRTC. */
interface Recorder {
  read: () => Promise<PageRecording>;
  /** Waits until the agent has begun to speak `times` times. */
  agentStarted: (times: number) => Promise<void>;
  /** Waits until the agent has finished `times` speeches. */
  agentFinished: (times: number) => Promise<void>;
  /** Waits until the agent has finished its first speech, the greeting. */
  agentGreeted: () => Promise<void>;
}

interface Fixtures {
  recorder: Recorder;
  /** Speaks into the browser's microphone, a recording of e2e/speech or e2e/business/speech. Needs a live call. */
  say: (recording: string) => Promise<void>;
  /** Signs in through the page as a fresh guest, as users do. */
  signInThroughPage: (page: Page) => Promise<void>;
  /** Signs in over HTTP, for tests of what comes after. */
  signInAsGuest: (page: Page) => Promise<void>;
  /** Console errors that a test causes on purpose. */
  expectedConsoleErrors: RegExp[];
  /** Uncaught errors that a test causes on purpose. */
  expectedUncaughtErrors: RegExp[];
  watchfulness: undefined;
}

/** The tests of specs with a page. An unexpected console error, an uncaught error or a leaked secret fails each. */
export const test = workerTest.extend<Fixtures>({
  expectedConsoleErrors: [[], { option: true }],
  expectedUncaughtErrors: [[], { option: true }],

  watchfulness: [
    async ({ context, expectedConsoleErrors, expectedUncaughtErrors }, use) => {
      const complaints = await watchContext(context, expectedConsoleErrors, expectedUncaughtErrors);
      await use(undefined);
      expect(await complaints()).toEqual([]);
    },
    { auto: true },
  ],

  recorder: async ({ page }, use) => {
    await installPageRecorder(page);
    const read = () => readPageRecording(page);
    const atLeast = (times: number, type: string) =>
      expect
        .poll(async () => (await read()).events.filter((event) => event.type === type).length, {
          timeout: 30_000,
          intervals: [100],
        })
        .toBeGreaterThanOrEqual(times);
    await use({
      read,
      agentStarted: (times) => atLeast(times, 'output_audio_buffer.started'),
      agentFinished: (times) => atLeast(times, 'output_audio_buffer.stopped'),
      agentGreeted: () => atLeast(1, 'output_audio_buffer.stopped'),
    });
  },

  say: async ({ page }, use) => {
    await installPageSpeech(page);
    await use((recording) => speakIntoPage(page, recording));
  },

  signInAsGuest: async ({ baseURL }, use) => {
    const url = baseURL ?? '';
    await use(async (page) => {
      const session = await signInAsGuest(url, AbortSignal.timeout(15_000));
      await page.context().addCookies(cookiesOf(session, url));
      await page.goto('/');
    });
  },

  signInThroughPage: async ({ baseURL }, use) => {
    await use(async (page) => {
      await page.goto('/');
      await page.getByRole('button', { name: 'Continue as guest' }).click();
      await page.waitForURL(`${baseURL}/`);
    });
  },
});
