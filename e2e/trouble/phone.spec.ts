import { expect, type Page } from 'playwright/test';
import { test } from '../fixtures.ts';
import { refuseMicrophoneBySystem } from '../states/odd-browsers.ts';
import { shown, startSpoken, talk } from '../states/visit.ts';

test.describe.configure({ mode: 'parallel' });

/** What the page has asked of the screen so far. */
const screenLocks = (page: Page) =>
  page.evaluate(() => (window as unknown as { screenLocks: { released: boolean }[] }).screenLocks);

test('the screen stays on while a call is up, also after the page was out of sight', async ({
  page,
  signInAsGuest,
}) => {
  await page.addInitScript(() => {
    const locks: { released: boolean }[] = [];
    Object.assign(window, { screenLocks: locks });
    navigator.wakeLock.request = async () => {
      const lock = {
        released: false,
        release: async () => {
          lock.released = true;
        },
      };
      locks.push(lock);
      return lock as unknown as WakeLockSentinel;
    };
  });
  await startSpoken({ page, signIn: () => signInAsGuest(page) });
  await expect.poll(() => screenLocks(page)).toMatchObject([{ released: false }]);
  await page.evaluate(() => {
    for (const lock of (window as unknown as { screenLocks: { released: boolean }[] }).screenLocks) {
      lock.released = true; // As the browser does with a page out of sight.
    }
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect.poll(() => screenLocks(page)).toMatchObject([{ released: true }, { released: false }]);
  await page.getByRole('button', { name: 'End call' }).click();
  await expect.poll(() => screenLocks(page)).toMatchObject([{ released: true }, { released: true }]);
});

const SYSTEMS = [
  ['macOS', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 'System Settings'],
  ['Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'Let desktop apps access'],
  ['Android', 'Mozilla/5.0 (Linux; Android 16; K)', 'then Permissions'],
  ['iOS', 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) CriOS/156.0', 'Settings app'],
] as const;

for (const [system, userAgent, words] of SYSTEMS) {
  test(`a microphone that ${system} blocks has the steps of ${system}`, async ({ page, signInAsGuest }) => {
    await page.addInitScript((value) => {
      Object.defineProperty(navigator, 'userAgent', { value });
    }, userAgent);
    await refuseMicrophoneBySystem(page);
    await signInAsGuest(page);
    await talk(page);
    await expect(shown(page, /^Your device doesn’t let this browser use the microphone\.$/)).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: words })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Type instead' })).toBeVisible();
  });
}

test.describe('by finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('no field has letters so small that an iPhone zooms into it', async ({ page, signInAsGuest }) => {
    await signInAsGuest(page);
    await page.getByRole('button', { name: 'Options' }).click();
    const fields = page.getByRole('combobox');
    await expect(fields.first()).toBeVisible();
    const sizes = await fields.evaluateAll((all) =>
      all.map((field) => Number.parseFloat(getComputedStyle(field).fontSize)),
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
  });
});
