import { expect } from 'playwright/test';
import { audibleSince } from '../browser/page-recorder.ts';
import { test } from '../fixtures.ts';

test.describe.configure({ lock: '-exclusive-' });
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

test('a guest leaves a message by voice, allows it by click, and hears that it is passed on', async ({
  page,
  recorder,
  say,
  signInThroughPage,
}) => {
  await signInThroughPage(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  await recorder.agentGreeted();

  await say('leave-a-message');
  await recorder.agentFinished(2);
  await say('i-will-be-late');
  await recorder.agentFinished(3);
  await say('anna-brown');

  const approval = page.getByRole('region', { name: 'Leave a message?' });
  await expect(approval.getByText(/late/i)).toBeVisible();
  await expect(approval.getByText(/anna/i)).toBeVisible();
  await approval.getByRole('button', { name: 'Allow', exact: true }).click();

  const panel = page.getByRole('complementary', { name: 'Your messages' });
  await expect(panel.getByText(/late/i)).toBeVisible();

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
});
