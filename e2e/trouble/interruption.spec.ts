import { expect, type Page } from 'playwright/test';
import { test } from '../fixtures.ts';
import { holdSound, pauseSound, takeMicrophone } from '../states/odd-browsers.ts';
import { hush, shown, startSpoken } from '../states/visit.ts';

test.describe.configure({ mode: 'parallel' });

const TAKEN = /^Your device has taken the microphone\.$/;
const PAUSED = /^Your device has paused the sound\.$/;
const LISTENING = /^Listening\. Just talk\.$/;

const goOn = (page: Page) => page.getByRole('button', { name: 'Tap to go on' }).click();

test.beforeEach(async ({ page, signInAsGuest }) => {
  await holdSound(page);
  await startSpoken({ page, signIn: () => signInAsGuest(page) });
  await hush(page);
  await expect(shown(page, LISTENING)).toBeVisible();
});

test('a phone call takes microphone and sound: the page says so, and one tap brings both back', async ({
  page,
}) => {
  await takeMicrophone(page);
  await pauseSound(page);
  await expect(shown(page, TAKEN)).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'can’t hear you' })).toBeAttached();
  await expect(shown(page, LISTENING)).toBeHidden();
  await goOn(page);
  await expect(shown(page, LISTENING)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Mute/ })).toBeEnabled();
});

test('the microphone is back by itself when the system gives it back', async ({ page }) => {
  await takeMicrophone(page);
  await expect(shown(page, TAKEN)).toBeVisible();
  await takeMicrophone(page, false);
  await expect(shown(page, LISTENING)).toBeVisible();
});

test('the sound alone is paused, and one tap plays it', async ({ page }) => {
  await pauseSound(page);
  await expect(shown(page, PAUSED)).toBeVisible();
  await goOn(page);
  await expect(shown(page, LISTENING)).toBeVisible();
});
