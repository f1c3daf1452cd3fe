import { expect, type Page } from 'playwright/test';
import { test } from '../fixtures.ts';
import { askAgent, greeting } from '../states/visit.ts';

test.describe.configure({ mode: 'parallel' });

/** As Firefox does with a Bluetooth headset: its rate changes when the microphone opens. */
const refuseSources = (page: Page) =>
  page.addInitScript(() => {
    AudioContext.prototype.createMediaStreamSource = () => {
      throw new DOMException('different sample-rate', 'NotSupportedError');
    };
  });

/** As Safari does when a page holds too many contexts. */
const refuseContexts = (page: Page) =>
  page.addInitScript(() => {
    window.AudioContext = class extends EventTarget {
      constructor() {
        super();
        throw new DOMException('no more contexts', 'NotSupportedError');
      }
    } as unknown as typeof AudioContext;
  });

for (const [what, refuse] of [
  ['sources', refuseSources],
  ['contexts', refuseContexts],
] as const) {
  test(`a browser that refuses audio ${what} has a call that greets, hears no false alarm and ends`, async ({
    page,
    signInAsGuest,
  }) => {
    await refuse(page);
    await signInAsGuest(page);
    await page.getByRole('button', { name: 'Talk', exact: true }).click();
    await expect(greeting(page)).toBeVisible({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Options' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Microphone' }).selectOption({ label: 'Fake Audio Input 2' });
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(page.getByText('Now using Fake Audio Input 2.')).toBeVisible();
    await page.getByRole('button', { name: 'End call' }).click();
    await expect(page.getByRole('heading', { name: 'You ended the call.' })).toBeVisible();
  });
}

test('a typed call needs no audio context either', async ({ page, signInAsGuest }) => {
  await refuseContexts(page);
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Type instead' }).click();
  await askAgent(page);
});
