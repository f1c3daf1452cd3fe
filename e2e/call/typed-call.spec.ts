import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';

test('a visitor without a microphone types, gets answers, and ends with a receipt', async ({
  page,
  context,
  signInThroughPage,
}) => {
  await context.clearPermissions();
  await signInThroughPage(page);
  await page.getByRole('button', { name: 'Type instead' }).click();

  const message = page.getByRole('textbox', { name: 'Message to Robin' });
  await message.fill('What services do you have?');
  await message.press('Enter');
  const conversation = page.getByRole('log', { name: 'Conversation' });
  await expect(conversation.getByText('What services do you have?')).toBeVisible();
  await expect(conversation.getByRole('article', { name: /^Tool:/ }).getByText('Done')).toBeVisible();

  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('Call ended')).toBeVisible();
  await expect(page.getByText('Left today', { exact: true })).toBeVisible();
  await expect(page.getByText('What services do you have?')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Talk again' })).toBeEnabled();
});
