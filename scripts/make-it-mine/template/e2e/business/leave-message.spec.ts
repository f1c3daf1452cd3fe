import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { startTyped, typeMessage } from '../states/visit.ts';

test('a message is passed on when the visitor allows it, and only then', async ({ page, signInAsGuest }) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  const conversation = page.getByRole('log', { name: 'Conversation' });
  const panel = page.getByRole('complementary', { name: 'Your messages' });
  const approval = page.getByRole('region', { name: 'Leave a message?' });
  await expect(panel.getByText(/^No messages yet/)).toBeVisible();

  await test.step('the agent asks for what is missing', async () => {
    await typeMessage(page, 'Can I leave a message?');
    await expect(conversation.getByText('What shall I pass on?')).toBeVisible();
    await typeMessage(page, 'I will be ten minutes late.');
    await expect(conversation.getByText('And your name, please?')).toBeVisible();
    await typeMessage(page, 'Anna Brown.');
  });

  await test.step('the card says what will be passed on, and a no leaves nothing', async () => {
    await expect(approval.getByText('i will be ten minutes late')).toBeVisible();
    await expect(approval.getByText('Anna Brown')).toBeVisible();
    await approval.getByRole('button', { name: 'Don’t allow' }).click();
    await expect(approval).toHaveCount(0);
    await expect(panel.getByText(/^No messages yet/)).toBeVisible();
  });

  await test.step('an allowed message appears in the panel', async () => {
    await typeMessage(page, 'Tell them that I need a new appointment.');
    await expect(conversation.getByText('And your name, please?').nth(1)).toBeVisible();
    await typeMessage(page, 'Anna Brown.');
    await approval.getByRole('button', { name: 'Allow', exact: true }).click();
    await expect(panel.getByText('i need a new appointment')).toBeVisible();
    await expect(panel.getByText('From Anna Brown')).toBeVisible();
    await expect(
      conversation.getByRole('article', { name: 'Tool: Leave a message' }).getByText('Done'),
    ).toBeVisible();
  });
});
