import { expect, type Page } from 'playwright/test';
import { test } from '../fixtures.ts';
import { violations } from '../violations.ts';
import { IS_SPEAKING, shown, startListening } from './visit.ts';

test.describe.configure({ lock: '-exclusive-' });

const says = (page: Page, sentence: string) => shown(page, new RegExp(`^${sentence}$`));

test('state 10-you-are-speaking: the screen follows the voice, and then the agent’s', async ({
  page,
  say,
  signInAsGuest,
}) => {
  await startListening({ page, signIn: () => signInAsGuest(page) });
  await expect(says(page, 'Listening\\. Just talk\\.')).toBeVisible();
  const spoken = say('who-are-you');
  await expect(says(page, 'You’re speaking\\.')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'End call' })).toBeEnabled();
  // The open microphone would hear a screen reader: nothing new is announced.
  await expect(page.getByRole('status').first()).toHaveText(/^Connected to .+\. You can speak\.$/);
  expect(await violations(page)).toEqual([]);
  await spoken;
  await expect(shown(page, IS_SPEAKING)).toBeVisible({ timeout: 30_000 });
});

test('hint: speech while muted is noticed, and none of it is sent', async ({
  page,
  recorder,
  say,
  signInAsGuest,
}) => {
  await startListening({ page, signIn: () => signInAsGuest(page) });
  await page.getByRole('button', { name: /^Mute/ }).click();
  const spoken = say('can-you-hear-me');
  await expect(says(page, 'You’re muted, so .+ can’t hear you\\.')).toBeVisible({ timeout: 30_000 });
  await spoken;
  await page.getByRole('button', { name: 'Unmute' }).first().click();
  await expect(says(page, 'You’re muted, so .+ can’t hear you\\.')).toHaveCount(0);
  const types = (await recorder.read()).events.map(({ type }) => type);
  expect(types).not.toContain('input_audio_buffer.committed');
});
