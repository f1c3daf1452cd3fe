import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { answers, QUESTION, talk } from '../states/visit.ts';
import { tabTo } from './tab-to.ts';

test('the whole journey by keyboard: sign in, type, end, keep, look back, delete', async ({ page }) => {
  await page.goto('/');
  await tabTo(page, /^Continue as guest$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Talk', exact: true })).toBeVisible();

  await tabTo(page, /^Type instead$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: /^Message to/ })).toBeFocused();
  await page.keyboard.type(QUESTION);
  await page.keyboard.press('Enter');
  await expect(answers(page)).toHaveCount(1);

  await tabTo(page, /^End call$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'You ended the call.' })).toBeFocused();
  await tabTo(page, /^Keep this conversation/);
  await page.keyboard.press('Space');
  await expect(page.getByText(/^Kept for 7 days/)).toBeVisible();

  await tabTo(page, /^Your calls$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Your calls' })).toBeVisible();
  await tabTo(page, /You ended the call/);
  await page.keyboard.press('Enter');
  await expect(page.getByText(QUESTION)).toBeVisible();
  await tabTo(page, /^Delete conversation$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/This conversation isn’t kept/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What was said' })).toBeFocused();
});

test('Space starts a call, is held to talk, and stays a space in a text field', async ({
  page,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByRole('checkbox', { name: /^Push to talk/ }).check();
  await page.keyboard.press('Escape');
  // The button has the focus again, and with it the key.
  const options = page.getByRole('button', { name: 'Options' });
  await expect(options).toBeFocused();
  await options.blur();
  await page.keyboard.press('Space');

  const hold = page.getByRole('button', { name: /Hold to talk|let go/ });
  await expect(hold).toHaveAttribute('aria-pressed', 'false', { timeout: 20_000 });
  await page.keyboard.down('Space');
  await expect(hold).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.up('Space');
  await expect(hold).toHaveAttribute('aria-pressed', 'false');

  const message = page.getByRole('textbox', { name: /^Message to/ });
  await message.focus();
  await page.keyboard.type('m and space');
  await expect(message).toHaveValue('m and space');
  await expect(hold).toHaveAttribute('aria-pressed', 'false');
});

test('each control of a call is a stop of Tab, and none promises arrow keys', async ({
  page,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  await talk(page);
  const controls = page.getByRole('group', { name: 'Call controls' });
  await expect(controls.getByRole('button', { name: 'End call' })).toBeEnabled({ timeout: 20_000 });
  await expect(page.getByRole('toolbar')).toHaveCount(0);
  await page.getByRole('textbox', { name: /^Message to/ }).focus();
  for (const name of [/^Mute/, /^Stop /, /^End call/]) await tabTo(page, name);
});

test('who can only click talks by a click, and sends by another', async ({ page, signInAsGuest }) => {
  await page.addInitScript(() => localStorage.setItem('parley.push-to-talk', 'on'));
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  const hold = page.getByRole('button', { name: /Hold to talk|let go/ });
  await expect(hold).toHaveAttribute('aria-pressed', 'false', { timeout: 20_000 });
  const clicks = {
    'the Enter key': () => hold.press('Enter'),
    'a screen reader': () => hold.evaluate((button) => (button as HTMLElement).click()),
  };
  for (const [how, click] of Object.entries(clicks)) {
    await click();
    await expect(hold, how).toHaveAttribute('aria-pressed', 'true');
    await click();
    await expect(hold, how).toHaveAttribute('aria-pressed', 'false');
  }
  // A tap is a press and a release already.
  await hold.click();
  await expect(hold).toHaveAttribute('aria-pressed', 'false');
});

test('shortcut keys can be switched off, and the page no longer mentions them', async ({
  page,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByRole('checkbox', { name: /^Shortcut keys/ }).uncheck();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText(/^Press Space/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Options' }).blur();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Talk', exact: true })).toBeVisible();

  await talk(page);
  const mute = page.getByRole('button', { name: /^Mute/ });
  await expect(mute).toBeEnabled({ timeout: 20_000 });
  await expect(mute).toHaveText('Mute');
  await expect(mute).not.toHaveAttribute('aria-keyshortcuts');
  await page.keyboard.press('m');
  await expect(mute).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Talk', exact: true })).toBeVisible();
  await expect(page.getByText(/Press Space/)).toHaveCount(0);
});
