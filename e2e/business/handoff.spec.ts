import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { faultLiveCalls } from '../states/fault-live-calls.ts';
import { startTyped, typeMessage } from '../states/visit.ts';

test.use({ expectedConsoleErrors: [/WebRTC/] });

test('Robin hands over to the mechanic, who stays when the connection drops, and hands back', async ({
  page,
  signInAsGuest,
}) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  const conversation = page.getByRole('log', { name: 'Conversation' });
  const done = conversation.getByRole('article', { name: /^Tool: Find the fault/ }).getByText('Done');

  await typeMessage(page, 'Can I speak to a mechanic?');
  await expect(conversation.getByText('Robin handed over to Sam')).toBeVisible();
  await typeMessage(page, 'My brakes are squeaking');
  await expect(done).toHaveCount(1);

  await faultLiveCalls('drop_channel');
  await expect(page.getByText('Connected again.')).toBeVisible();
  await typeMessage(page, 'I have a flat tyre');
  await expect(done).toHaveCount(2);

  await typeMessage(page, 'Back to the front desk please');
  await expect(conversation.getByText('Sam handed over to Robin')).toBeVisible();
});
