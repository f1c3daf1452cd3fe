import { expect } from 'playwright/test';
import { audibleSince } from '../browser/page-recorder.ts';
import { test } from '../fixtures.ts';

test.describe.configure({ lock: '-exclusive-' });
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

test('a guest asks by voice what is free, hears the reply, and sees what was said and done', async ({
  page,
  recorder,
  say,
  signInThroughPage,
}) => {
  await signInThroughPage(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  await recorder.agentGreeted();
  await say('what-is-free-on-friday');

  const conversation = page.getByRole('log', { name: 'Conversation' });
  await expect(conversation.getByText(/free on friday/i)).toBeVisible({ timeout: 30_000 });
  const card = conversation.getByRole('article', { name: /^Tool:/ });
  await expect(card.getByText('Done')).toBeVisible();
  await expect(card.getByText(/Ran on the server/)).toBeVisible();
  await expect(conversation.getByText(/friday/i).last()).toBeVisible();

  // The reply is the first speech after the tool ran.
  await expect
    .poll(async () => {
      const recording = await recorder.read();
      const output = recording.events.find(({ json }) => json.includes('function_call_output'));
      return audibleSince(recording, output?.atMs ?? Number.POSITIVE_INFINITY);
    })
    .toBeGreaterThan(50);

  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('Call ended')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What was said' })).toBeVisible();
  await expect(page.getByText(/free on friday/i).first()).toBeVisible();
});
