import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { strikeCalls } from '../states/strike-calls.ts';
import { connectionCount, installPageLines, microphoneStates, unplugMicrophone } from './page-lines.ts';

test.beforeEach(async ({ page, signInAsGuest }) => {
  await installPageLines(page);
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Mute/ })).toBeEnabled({ timeout: 20_000 });
});

test('mute is kept over a dropped line', async ({ page }) => {
  await page.getByRole('button', { name: /^Mute/ }).click();
  expect(await microphoneStates(page)).toEqual([{ isOpen: true, sends: false }]);
  await strikeCalls('drop_channel');
  await expect(page.getByText('Connected again.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Unmute/ }).first()).toBeVisible();
  expect(await microphoneStates(page)).toEqual([{ isOpen: true, sends: false }]);
});

test('an unplugged microphone is replaced on the same line, muted as before', async ({ page }) => {
  await page.getByRole('button', { name: /^Mute/ }).click();
  await unplugMicrophone(page);
  await expect(page.getByText(/The microphone was unplugged\. Now using/)).toBeVisible();
  expect(await microphoneStates(page)).toEqual([
    { isOpen: false, sends: false },
    { isOpen: true, sends: false },
  ]);
  expect(await connectionCount(page)).toBe(1);
});
