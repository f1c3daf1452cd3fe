import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { removeMicrophoneApi } from '../states/odd-browsers.ts';
import { askAgent, QUESTION, startTyped } from '../states/visit.ts';

test('a user without a microphone types, gets replies, and ends with a receipt', async ({
  page,
  context,
  signInThroughPage,
}) => {
  await context.clearPermissions();
  await signInThroughPage(page);
  await page.getByRole('button', { name: 'Type instead' }).click();

  await askAgent(page);
  await expect(page.getByRole('log', { name: 'Conversation' }).getByText(QUESTION)).toBeVisible();

  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('Call ended')).toBeVisible();
  await expect(page.getByText('Left today', { exact: true })).toBeVisible();
  await expect(page.getByText(QUESTION)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Talk again' })).toBeEnabled();
});

test('a browser without microphones types too, and opens the options', async ({ page, signInAsGuest }) => {
  await removeMicrophoneApi(page);
  await signInAsGuest(page);
  await page.getByRole('region').getByRole('button', { name: 'Type instead' }).waitFor();
  await startTyped({ page, signIn: async () => {} });
  await askAgent(page);
  await page.getByRole('button', { name: 'Options' }).click();
  await expect(page.getByRole('combobox', { name: 'Microphone' })).toHaveValue('');
});
