import { expect, type Page } from 'playwright/test';
import { test } from '../fixtures.ts';
import { askAgent, IS_SPEAKING, shown, startTyped } from '../states/visit.ts';

/** Returns how many animations of the style sheet still run. */
const moving = (page: Page) =>
  page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);

/** The small wheel of a call has half of the 72. */
const SPOKES = 36;

/** Returns the wheel after the next frame: its pixels, and the number of spokes along its rim. */
const wheel = (page: Page) =>
  page.evaluate(async () => {
    const nextFrame = () => new Promise(requestAnimationFrame);
    await nextFrame().then(nextFrame);
    const canvas = document.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return { look: '', spokes: 0 };
    const half = canvas.width / 2;
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const pixelOf = (share: number) => Math.floor(half + share * half * 0.7);
    const steps = Array.from({ length: 1_440 }, (_, step) => {
      const angle = (step / 1_440) * Math.PI * 2;
      const pixel = pixelOf(Math.sin(angle)) * canvas.width + pixelOf(Math.cos(angle));
      return (data[pixel * 4 + 3] ?? 0) > 64;
    });
    const spokes = steps.filter((isPainted, step) => isPainted && !steps.at(step - 1)).length;
    return { look: canvas.toDataURL(), spokes };
  });

test('with reduced motion nothing moves, a still wheel shows who speaks, and the call works', async ({
  page,
  signInAsGuest,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  const isSpeaking = shown(page, IS_SPEAKING);
  await expect(isSpeaking).toBeVisible();
  const speaking = await wheel(page);
  await page.getByRole('button', { name: /^Stop / }).click();
  await expect(shown(page, /^Ready\. Just type\.$/)).toBeVisible();
  const silent = await wheel(page);
  expect([speaking.spokes, silent.spokes]).toEqual([SPOKES, SPOKES]);
  expect(silent.look).not.toBe(speaking.look);

  await askAgent(page);
  await expect.poll(() => moving(page)).toBe(0);
  await expect(isSpeaking).toBeVisible();
  // Another reply, and the same still wheel.
  expect(await wheel(page)).toEqual(speaking);
  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('Call ended')).toBeVisible();
  await expect.poll(() => moving(page)).toBe(0);
});
