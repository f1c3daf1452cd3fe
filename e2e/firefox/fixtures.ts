import { test as base, expect } from 'playwright/test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { SoundCard } from './sound-card.ts';
import { Visitor } from './visitor.ts';

interface WorkerFixtures {
  /** What Firefox says to the page that asks for the microphone; nobody is there to be asked. */
  microphone: 'allowed' | 'blocked';
  sound: SoundCard;
  firefox: Browser;
}

interface Fixtures {
  visitor: Visitor;
  /** Console errors that a test causes on purpose. */
  expectedConsoleErrors: RegExp[];
  /** Uncaught errors that a test causes on purpose. */
  expectedUncaughtErrors: RegExp[];
}

/** Values of nsIPermissionManager. */
const PERMISSIONS = { allowed: 1, blocked: 2 };

/** Nothing about calls is changed, except that they may stay on a machine without a network. */
const preferences = (microphone: WorkerFixtures['microphone']) => ({
  'permissions.default.microphone': PERMISSIONS[microphone],
  'media.peerconnection.ice.loopback': true,
});

/** Lists the console errors and uncaught errors of a page from now on. */
function watchPage(
  page: Page,
  expected: Pick<Fixtures, 'expectedConsoleErrors' | 'expectedUncaughtErrors'>,
): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() !== 'error' || expected.expectedConsoleErrors.some((one) => one.test(text))) return;
    complaints.push(text);
  });
  page.on('pageerror', (error) => {
    const text = error instanceof Error ? error.message : String(error);
    if (!expected.expectedUncaughtErrors.some((one) => one.test(text))) complaints.push(`uncaught: ${text}`);
  });
  return complaints;
}

/** The tests that Firefox runs. An unexpected console error or an uncaught error fails each. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  microphone: ['allowed', { option: true, scope: 'worker' }],
  expectedConsoleErrors: [[], { option: true }],
  expectedUncaughtErrors: [[], { option: true }],

  sound: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures a function needs from its pattern.
    async ({}, use) => {
      const sound = await SoundCard.start();
      await use(sound);
      await sound.stop();
    },
    { scope: 'worker' },
  ],

  firefox: [
    async ({ microphone, sound }, use) => {
      const firefox = await puppeteer.launch({
        browser: 'firefox',
        defaultViewport: { width: 1280, height: 720 },
        executablePath: process.env.PARLEY_FIREFOX ?? '',
        extraPrefsFirefox: preferences(microphone),
        env: { ...process.env, PULSE_SERVER: sound.address },
      });
      console.log(await firefox.version());
      await use(firefox);
      await firefox.close();
    },
    { scope: 'worker' },
  ],

  visitor: async ({ firefox, sound, expectedConsoleErrors, expectedUncaughtErrors }, use, testInfo) => {
    const context = await firefox.createBrowserContext();
    const page = await context.newPage();
    const complaints = watchPage(page, { expectedConsoleErrors, expectedUncaughtErrors });
    await use(new Visitor(page, sound));
    if (testInfo.status !== testInfo.expectedStatus) {
      // The report in a terminal shows no picture.
      console.log(await page.evaluate(() => document.body.innerText));
      await testInfo.attach('screen', {
        body: Buffer.from(await page.screenshot()),
        contentType: 'image/png',
      });
    }
    await context.close();
    expect(complaints).toEqual([]);
  },
});
