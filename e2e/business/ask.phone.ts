import { expect } from 'playwright/test';
import { test } from '../phone/fixtures.ts';

test('a guest on a phone in the same network asks by voice what is free, and a tool answers', async ({
  page,
  recorder,
  say,
  signInThroughPage,
}) => {
  await signInThroughPage(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).tap();
  await recorder.agentGreeted();
  await say('what-is-free-on-friday');
  const card = page.getByRole('log', { name: 'Conversation' }).getByRole('article', { name: /^Tool:/ });
  await expect(card.getByText(/Ran on the server/)).toBeVisible({ timeout: 30_000 });
  await recorder.agentFinished(2);
  await page.getByRole('button', { name: 'End call' }).tap();
  await expect(page.getByText('Call ended')).toBeVisible();
});
