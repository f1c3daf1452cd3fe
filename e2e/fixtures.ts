import { test as base, expect, type Page } from 'playwright/test';
import { signInAsGuest } from '../sandbox/runner/services/guest-session.ts';
import { installPageEar, type PageEar, readPageEar } from './browser/page-recorder.ts';
import { type Sentence, writeMicrophoneTrack } from './microphone-track.ts';
import { secretsOfTheRun } from './secrets.ts';

interface TestFixtures {
  /** What the page hears and reads over WebRTC. */
  ear: { read: () => Promise<PageEar> };
  /** Signs in through the page as a fresh guest, as people do. */
  signInThroughPage: (page: Page) => Promise<void>;
  /** The same by HTTP, for tests of what comes after. */
  signInAsGuest: (page: Page) => Promise<void>;
  /** Allows console errors that match, in tests that cause them on purpose. */
  expectedConsoleErrors: RegExp[];
  watchfulness: undefined;
}

interface WorkerFixtures {
  /** What the person says into the browser's microphone. */
  person: { says: Sentence[] };
}

/** In the page: what the content security policy stopped. The browser tells it without a word on the console, sometimes. */
function reportViolations(): void {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
    console.error(`Content security policy: ${violatedDirective} stopped ${blockedURI} of ${sourceFile}`);
  });
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  person: [{ says: [] }, { scope: 'worker', option: true }],

  launchOptions: [
    async ({ person }, use) => {
      await use({
        ...(process.env.PARLEY_BROWSER ? { executablePath: process.env.PARLEY_BROWSER } : {}),
        args: [
          '--no-sandbox',
          '--use-fake-ui-for-media-stream',
          '--use-fake-device-for-media-stream',
          `--use-file-for-fake-audio-capture=${writeMicrophoneTrack(person.says)}%noloop`,
          '--allow-loopback-in-peer-connection',
        ],
      });
    },
    { scope: 'worker' },
  ],

  expectedConsoleErrors: [[], { option: true }],

  watchfulness: [
    async ({ context, expectedConsoleErrors }, use) => {
      const complaints: string[] = [];
      const secrets = secretsOfTheRun();
      const reading: Promise<void>[] = [];
      await context.addInitScript(reportViolations);
      context.on('console', (message) => {
        const text = message.text();
        if (message.type() !== 'error' || expectedConsoleErrors.some((allowed) => allowed.test(text))) return;
        complaints.push(`console error: ${text}`);
      });
      context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().message}`));
      context.on('response', (response) => {
        const look = response.text().then(
          (body) => {
            const text = `${body}\n${JSON.stringify(response.headers())}`;
            for (const [name, value] of secrets) {
              if (text.includes(value)) complaints.push(`${name} leaked in ${response.url()}`);
            }
          },
          () => undefined, // A redirect or an aborted request has no body.
        );
        reading.push(look);
      });
      await use(undefined);
      await Promise.allSettled(reading);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],

  ear: async ({ page }, use) => {
    await installPageEar(page);
    await use({ read: () => readPageEar(page) });
  },

  signInAsGuest: async ({ baseURL }, use) => {
    const url = baseURL ?? '';
    await use(async (page) => {
      const session = await signInAsGuest(url, AbortSignal.timeout(15_000));
      const cookies = session.split('; ').map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return { name, value: value.join('='), url, httpOnly: true };
      });
      await page.context().addCookies(cookies);
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
