import { expect } from 'playwright/test';
import { AUDIBLE_RMS } from '../browser/page-recorder.ts';
import { test } from '../fixtures.ts';

test.use({ person: { says: [{ afterSeconds: 10, say: 'what-is-free-on-friday' }] } });

test('a guest asks by voice what is free, hears the answer, and sees what was said and done', async ({
  page,
  ear,
  signInThroughPage,
}) => {
  await signInThroughPage(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).click();

  const conversation = page.getByRole('log', { name: 'Conversation' });
  await expect(conversation.getByText(/free on friday/i)).toBeVisible({ timeout: 30_000 });
  const card = conversation.getByRole('article', { name: /^Tool:/ });
  await expect(card.getByText('Done')).toBeVisible();
  await expect(card.getByText(/Ran on the server/)).toBeVisible();
  await expect(conversation.getByText(/friday/i).last()).toBeVisible();

  // The answer is the first thing that is spoken after the tool ran.
  await expect
    .poll(async () => {
      const { events, levels } = await ear.read();
      const outputAt = events.find(({ json }) => json.includes('function_call_output'))?.atMs ?? Infinity;
      return levels.filter(({ atMs, rms }) => atMs > outputAt && rms > AUDIBLE_RMS).length;
    })
    .toBeGreaterThan(50);

  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('Call ended')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What was said' })).toBeVisible();
  await expect(page.getByText(/free on friday/i).first()).toBeVisible();
});
