import { expect, type Page } from 'playwright/test';
import { test } from '../fixtures.ts';
import { violations } from '../violations.ts';
import { holdStill, SIZES, takePictures } from './pictures.ts';
import { IS_SPEAKING, shown, startSpoken } from './visit.ts';

test.use({ person: { says: [{ afterSeconds: 9, say: 'who-are-you' }] } });

const says = (page: Page, sentence: string) => shown(page, new RegExp(`^${sentence}$`));

test('state 10-you-are-speaking: the screen follows the voice, and then the agent’s', async ({
  page,
  signInAsGuest,
}) => {
  await startSpoken({ page, signIn: () => signInAsGuest(page) });
  await expect(says(page, 'You’re speaking\\.')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'End call' })).toBeEnabled();
  // While the microphone is open a screen reader’s own voice would be heard: nothing new is announced.
  await expect(page.getByRole('status').first()).toHaveText(/^Connected to .+\. You can speak\.$/);
  expect(await violations(page)).toEqual([]);
  await expect(shown(page, IS_SPEAKING)).toBeVisible({ timeout: 30_000 });
});

test('hint: whoever talks while muted is told, and nothing of it is sent', async ({
  page,
  ear,
  signInAsGuest,
}) => {
  await startSpoken({ page, signIn: () => signInAsGuest(page) });
  await page.getByRole('button', { name: /^Mute/ }).click();
  await expect(says(page, 'You’re muted, so .+ can’t hear you\\.')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Unmute' }).first().click();
  await expect(says(page, 'You’re muted, so .+ can’t hear you\\.')).toHaveCount(0);
  const types = (await ear.read()).events.map(({ type }) => type);
  expect(types).not.toContain('input_audio_buffer.committed');
});

for (const size of SIZES) {
  test(`picture of 10-you-are-speaking at ${size.width}`, async ({ page, signInAsGuest }) => {
    test.skip(!process.env.PARLEY_SCREENS, 'writes a picture, tests nothing');
    await holdStill(page);
    await page.setViewportSize(size);
    await startSpoken({ page, signIn: () => signInAsGuest(page) });
    await expect(says(page, 'You’re speaking\\.')).toBeVisible({ timeout: 30_000 });
    await takePictures(page, '10-you-are-speaking', [size]);
  });
}
