import { expect } from 'playwright/test';
import { audibleSince } from '../browser/page-recorder.ts';
import { test } from '../fixtures.ts';
import { hush, IS_SPEAKING, shown } from '../states/visit.ts';

/** `SANDBOX_PROFILE=harsh`: a response may begin half a minute late. */
const LATE = { timeout: 45_000 };

/** On a bad day the microphone also hears the last of the greeting. */
const ASKED =
  process.env.SANDBOX_PROFILE === 'harsh'
    ? /^You:.*What is free on Friday/i
    : /^You:\s*What is free on Friday/i;

test.describe.configure({ lock: '-exclusive-', timeout: 150_000 });
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

test('a guest asks by voice what is free, hears the reply, and sees what was said and done', async ({
  page,
  recorder,
  say,
  signInThroughPage,
}) => {
  await signInThroughPage(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  await expect(shown(page, IS_SPEAKING)).toBeVisible(LATE);
  await hush(page);
  await expect(shown(page, /^Listening\. Just talk\.$/)).toBeVisible();
  await say('what-is-free-on-friday');

  const conversation = page.getByRole('log', { name: 'Conversation' });
  // The greeting names the same question.
  const asked = conversation.getByRole('listitem').filter({ hasText: ASKED });
  await expect(asked).toBeVisible({ timeout: 30_000 });
  const card = conversation.getByRole('article', { name: /^Tool:/ });
  await expect(card.getByText('Done')).toBeVisible(LATE);
  await expect(card.getByText(/Ran on the server/)).toBeVisible();
  await expect(conversation.getByText(/friday/i).last()).toBeVisible();

  // The reply is the first speech after the tool ran.
  await expect
    .poll(async () => {
      const recording = await recorder.read();
      const output = recording.events.find(({ json }) => json.includes('function_call_output'));
      return audibleSince(recording, output?.atMs ?? Number.POSITIVE_INFINITY);
    }, LATE)
    .toBeGreaterThan(50);

  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('Call ended')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What was said' })).toBeVisible();
  await expect(page.getByText(/free on friday/i).first()).toBeVisible();
});
