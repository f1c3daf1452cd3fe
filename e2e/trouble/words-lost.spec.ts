import { expect } from 'playwright/test';
import { audibleSince } from '../browser/page-recorder.ts';
import { test } from '../fixtures.ts';
import { faultLiveCalls } from '../states/fault-live-calls.ts';
import { shown, startListening } from '../states/visit.ts';

test.describe.configure({ lock: '-exclusive-' });
test.use({ expectedConsoleErrors: [/Failed to load resource|WebRTC|RTC/] });

/** Half a second of sound, in samples of 10 ms. */
const HALF_A_SECOND = 50;

test('a connection that drops in mid-sentence: the agent is told, and speaks up by itself on the next one', async ({
  page,
  recorder,
  say,
  signInAsGuest,
}) => {
  await startListening({ page, signIn: () => signInAsGuest(page) });
  await expect(shown(page, /^Listening\. Just talk\.$/)).toBeVisible();
  const spoken = say('who-are-you');
  await expect(shown(page, /^You’re speaking\.$/)).toBeVisible({ timeout: 30_000 });
  await faultLiveCalls('drop_channel');
  const record = page.getByRole('log', { name: 'Conversation' });
  await expect(record.getByText(/What you were saying may not have got through/)).toBeVisible();
  await spoken;
  await expect(record.getByText('Connected again.')).toBeVisible();

  const { sent } = await recorder.read();
  const toldIndex = sent.findIndex(({ json }) => json.includes('their last words are lost'));
  const told = sent[toldIndex];
  // In the order of sending: several may leave in one millisecond.
  const types = sent.map(({ type }) => type);
  expect(types.slice(toldIndex, toldIndex + 2)).toEqual(['conversation.item.create', 'response.create']);
  // Nobody has said anything since.
  await expect
    .poll(async () => audibleSince(await recorder.read(), told?.atMs ?? Number.POSITIVE_INFINITY), {
      timeout: 30_000,
    })
    .toBeGreaterThan(HALF_A_SECOND);
  // It asks for what was lost, and does not begin anew.
  await expect(record.getByRole('listitem').last()).toContainText(
    /your last words are lost\. Please say it again\./,
  );
});
