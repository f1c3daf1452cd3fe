import { expect } from 'playwright/test';
import { AUDIBLE_RMS } from '../browser/page-recorder.ts';
import { test } from '../fixtures.ts';

/** The agent greets, and asks a short question after each of the first two sentences. */
test.use({
  person: {
    says: [
      { afterSeconds: 10, say: 'leave-a-message' },
      { afterSeconds: 8, say: 'i-will-be-late' },
      { afterSeconds: 8, say: 'anna-brown' },
    ],
  },
});

test('a guest leaves a message by voice, allows it by click, and hears that it is passed on', async ({
  page,
  ear,
  signInThroughPage,
}) => {
  await signInThroughPage(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).click();

  const approval = page.getByRole('region', { name: 'Leave a message?' });
  await expect(approval).toBeVisible({ timeout: 50_000 });
  await expect(approval.getByText(/late/i)).toBeVisible();
  await expect(approval.getByText(/anna/i)).toBeVisible();
  await approval.getByRole('button', { name: 'Allow', exact: true }).click();

  const panel = page.getByRole('complementary', { name: 'Your messages' });
  await expect(panel.getByText(/late/i)).toBeVisible();

  // What is spoken after the tool ran is its summary.
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
});
