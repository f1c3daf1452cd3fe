import { expect, type Locator, type Page } from 'playwright/test';
import { clearFaults, orderFaults } from '../attack/server/sandbox-faults.ts';
import { test } from '../fixtures.ts';
import { isRelay } from '../relay-mode.ts';
import { blockPlaybackOnce } from '../states/odd-browsers.ts';
import { shown, startTyped, talk } from '../states/visit.ts';
import { installPageConnections, microphoneStates } from './page-connections.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ expectedConsoleErrors: [/Failed to load resource/] });
test.beforeEach(({ page }) => installPageConnections(page));
test.afterEach(clearFaults);

const live = (page: Page) => page.getByRole('group', { name: 'Call controls' });

test('an offer without an answer: given up after ten seconds, with a reason, and the next try connects', async ({
  page,
  signInAsGuest,
}) => {
  await orderFaults({ calls: { timeout: true, times: 1 } });
  await signInAsGuest(page);
  await talk(page);
  // In relay mode our own server gives up first.
  const givenUp = isRelay ? /^The voice service isn’t responding\.$/ : /^Connecting took too long\.$/;
  await expect(shown(page, givenUp)).toBeVisible({ timeout: 14_000 });
  expect(await microphoneStates(page)).toEqual([expect.objectContaining({ isOpen: false })]);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(live(page)).toBeVisible();
});

/** Holds back the code of the pages, as a slow network does, until the returned function is called. */
async function holdCode(page: Page): Promise<() => void> {
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/_next/static/chunks/*.js', (route) => held.then(() => route.continue()));
  return () => letThrough();
}

test('clicks that come before a page’s code count once it is here: on a way to sign in, and on Talk', async ({
  page,
}) => {
  const letThrough = await holdCode(page);
  await page.goto('/login', { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Continue as guest' }).click();
  letThrough();
  await page.getByRole('button', { name: 'Talk', exact: true }).waitFor();

  await page.unroute('**/_next/static/chunks/*.js');
  const letThroughToo = await holdCode(page);
  await page.reload({ waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  letThroughToo();
  await expect(live(page)).toBeVisible();
});

for (const [what, start] of [
  ['a double click', (button: Locator) => button.dblclick()],
  [
    'Enter that is held',
    async (button: Locator) => {
      const { keyboard } = button.page();
      await button.focus();
      await keyboard.down('Enter');
      await keyboard.down('Enter');
      await keyboard.up('Enter');
    },
  ],
] as const) {
  test(`${what} on Talk leads to a call, and cancels none`, async ({ page, signInAsGuest }) => {
    const paths: string[] = [];
    page.on('request', (request) => paths.push(new URL(request.url()).pathname));
    await signInAsGuest(page);
    await start(page.getByRole('button', { name: 'Talk', exact: true }));
    await expect(live(page)).toBeVisible();
    expect(paths.filter((path) => /^\/api\/voice\/.*(session|end)$/.test(path))).toHaveLength(1);
  });
}

test('cancel while connecting: the microphone is closed, the call is hung up, and another may start', async ({
  page,
  signInAsGuest,
}) => {
  await orderFaults({ calls: { latencyMs: 5_000, times: 1 } });
  await signInAsGuest(page);
  await talk(page);
  await expect(shown(page, /^Calling /)).toBeVisible();
  const hungUp = page.waitForResponse((response) => response.url().endsWith('/end'));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Talk', exact: true })).toBeVisible();
  expect(await microphoneStates(page)).toEqual([expect.objectContaining({ isOpen: false })]);
  expect((await hungUp).status()).toBe(200);
  await talk(page);
  await expect(live(page)).toBeVisible();
});

/** Presses Tab often enough to reach all that can be reached. Returns the names of what had the focus. */
async function tabThrough(page: Page): Promise<string[]> {
  const reached: string[] = [];
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab');
    reached.push(
      await page.evaluate(() => {
        const focused = document.querySelector(':focus');
        return focused?.getAttribute('aria-label') ?? focused?.textContent ?? '';
      }),
    );
  }
  return reached;
}

test('the conversation that is made ready meanwhile is not seen, announced, reached or guarded before the call is up', async ({
  page,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  await page.route('**/api/voice/session', () => undefined);
  await page.getByRole('button', { name: 'Type instead' }).click();
  const heading = { name: /^Call with / };
  await expect(page.getByRole('heading', { ...heading, includeHidden: true })).toBeAttached();

  const parts = [
    page.getByRole('heading', heading),
    page.getByRole('log'),
    page.getByRole('textbox'),
    page.getByRole('timer'),
    live(page),
  ];
  for (const part of parts) await expect(part).toHaveCount(0);
  const announced = page.getByRole('status').filter({ hasText: /\S/ });
  await expect(announced).toHaveText(['Starting a typed conversation.']);
  await expect(page.getByRole('heading', { ...heading, includeHidden: true })).not.toBeFocused();
  const reached = await tabThrough(page);
  expect(reached).toContainEqual('Cancel');
  expect(reached).not.toContainEqual(
    expect.stringMatching(/Message|Conversation|Mute|Stop|End call|Inspect/),
  );

  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.reload();
  await expect(page.getByRole('button', { name: 'Talk', exact: true })).toBeVisible();
  expect(asked).toEqual([]);
});

test('sound blocked by the browser: one tap, and it plays', async ({ page, signInAsGuest }) => {
  await blockPlaybackOnce(page);
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await page.getByRole('button', { name: 'Tap to hear' }).click();
  await expect(page.getByRole('button', { name: 'Tap to hear' })).toHaveCount(0);
  await expect(shown(page, /has blocked/)).toHaveCount(0);
});
