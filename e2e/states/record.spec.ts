import { readFileSync } from 'node:fs';
import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { askAgent, IS_SPEAKING, QUESTION, shown, startTyped } from './visit.ts';

test('words not yet spoken are paler, interrupted ones are marked, and the transcript can be copied and downloaded', async ({
  page,
  context,
  signInAsGuest,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write', 'microphone']);
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  const log = page.getByRole('log', { name: 'Conversation' });
  await askAgent(page);
  await expect(shown(page, IS_SPEAKING)).toBeVisible();
  // The text is complete at once, the speech takes many seconds: most of it is not spoken yet.
  const unsaid = log.getByRole('listitem').last().locator('.text-ink-faint');
  await expect(unsaid).toHaveText(/\w+/);
  await log.press('Escape'); // Outside the text field, which uses the key itself.
  await expect(log.getByRole('listitem').last().getByText('interrupted')).toBeVisible();
  await expect(unsaid).toHaveText(/\w+/);

  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('interrupted').last()).toBeVisible();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByText('Transcript copied')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^conversation-\d{4}-\d\d-\d\d\.txt$/);
  expect(readFileSync(await download.path(), 'utf8')).toBe(copied);
  expect(copied).toContain(`You: ${QUESTION}`);
  expect(copied).toContain('[interrupted]');
});

test('the transcript follows its end, but not while the user reads above', async ({
  page,
  signInAsGuest,
}) => {
  await page.setViewportSize({ width: 768, height: 600 });
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  const log = page.getByRole('log', { name: 'Conversation' });
  const fromEnd = () => log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
  const enough = 5;
  for (let asked = 1; asked <= enough; asked++) await askAgent(page, asked);
  await expect.poll(fromEnd).toBeLessThanOrEqual(1);
  await log.hover();
  await page.mouse.wheel(0, -400);
  const jump = page.getByRole('button', { name: 'Jump to latest' });
  await expect(jump).toBeVisible();
  const top = await log.evaluate((box) => box.scrollTop);
  await askAgent(page, enough + 1);
  expect(await log.evaluate((box) => box.scrollTop)).toBe(top);
  await jump.click();
  await expect.poll(fromEnd).toBeLessThanOrEqual(1);
  await expect(jump).toHaveCount(0);
});

test('words that run from right to left do so, whoever writes them', async ({ page, signInAsGuest }) => {
  const hebrew = 'שלום, מה שלומך?';
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  const field = page.getByRole('textbox', { name: /^Message to/ });
  await field.fill(hebrew);
  await expect(field).toHaveCSS('direction', 'rtl');
  await field.press('Enter');
  const log = page.getByRole('log', { name: 'Conversation' });
  await expect(log.getByText(hebrew, { exact: true })).toHaveCSS('direction', 'rtl');
  await expect(log.getByText(/^Hello/)).toHaveCSS('direction', 'ltr');
  await expect(field).toHaveCSS('direction', 'ltr');
});
