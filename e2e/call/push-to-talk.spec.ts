import { expect } from 'playwright/test';
import { AUDIBLE_RMS, type Levels } from '../browser/page-recorder.ts';
import { test } from '../fixtures.ts';
import { answers } from '../states/visit.ts';

/** Returns whether something was said, and then nothing for a second. */
function hasFinished(microphone: Levels): boolean {
  const last = microphone.findLast(({ rms }) => rms > AUDIBLE_RMS);
  return last !== undefined && (microphone.at(-1)?.atMs ?? 0) - last.atMs > 1_000;
}

test.describe.configure({ lock: '-exclusive-' });

test('with push-to-talk only what is said while the key is held is heard and gets a reply', async ({
  page,
  recorder,
  say,
  signInAsGuest,
}) => {
  await page.addInitScript(() => localStorage.setItem('parley.push-to-talk', 'on'));
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  const key = page.getByRole('button', { name: /Hold to talk/ });
  await expect(key).toBeVisible({ timeout: 20_000 });
  await key.hover();
  await page.mouse.down();
  await expect(page.getByRole('button', { name: /let go to send/ })).toBeVisible();
  await say('who-are-you');
  await expect
    .poll(async () => hasFinished((await recorder.read()).microphone), { timeout: 30_000 })
    .toBe(true);
  await page.mouse.up();

  await expect(answers(page)).toHaveCount(1);
  const types = (await recorder.read()).events.map(({ type }) => type);
  expect(types).toContain('input_audio_buffer.committed');
  expect(types).not.toContain('input_audio_buffer.speech_started');
});
