import { type Dialog, expect, type Page } from 'playwright/test';
import { test } from '../fixtures.ts';
import { askAgent, startTyped } from '../states/visit.ts';

/* Whatever leads away from a running call: the page asks first, or the browser does. */

test.describe.configure({ mode: 'parallel' });

const question = (page: Page) => page.getByRole('alertdialog', { name: 'End the call?' });

async function chooseCalls(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Your calls', exact: true }).click();
}

test('who stays keeps the call, and the focus', async ({ page, signInAsGuest }) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await askAgent(page);
  await chooseCalls(page);
  await expect(question(page).getByRole('button', { name: 'Stay in the call' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Account/ })).toBeFocused();
  await askAgent(page, 2);
  expect(new URL(page.url()).pathname).toBe('/');
});

test('who leaves ends the call, and finds it in the list', async ({ page, signInAsGuest }) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await askAgent(page);
  const ended = page.waitForRequest(/\/end$/);
  await chooseCalls(page);
  await question(page).getByRole('button', { name: 'End call and leave' }).click();
  expect((await ended).postDataJSON()).toMatchObject({ reason: 'user' });
  await expect(page.getByRole('heading', { name: 'Your calls' })).toBeVisible();
  await expect(page.getByRole('link', { name: /You ended the call/ })).toBeVisible();
});

/** Has been on the page of the calls before, which a browser goes back to without a new document. */
async function visitCallsFirst(page: Page, signIn: (page: Page) => Promise<void>): Promise<void> {
  await signIn(page);
  await chooseCalls(page);
  await expect(page.getByRole('heading', { name: 'Your calls' })).toBeVisible();
  await page.getByRole('banner').getByRole('link').first().click();
}

/** Presses the browser's own button. Does not wait, because nothing comes of a way back that is held. */
const goBack = (page: Page) => void page.goBack({ timeout: 3_000 }).catch(() => undefined);

/** Answers each of the browser's own questions in the same way. Returns their types. */
function answerBrowser(page: Page, answer: (dialog: Dialog) => Promise<void>): string[] {
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void answer(dialog);
  });
  return asked;
}

/** Returns what the browser asks on its own: nothing, if the page does. */
async function goBackDuringCall(page: Page, signIn: (page: Page) => Promise<void>): Promise<string[]> {
  const asked = answerBrowser(page, (dialog) => dialog.accept());
  await startTyped({ page, signIn: () => visitCallsFirst(page, signIn) });
  await askAgent(page);
  goBack(page);
  return asked;
}

test('who goes back, and stays, keeps the call, its address and the focus', async ({
  page,
  signInAsGuest,
}) => {
  const asked = await goBackDuringCall(page, signInAsGuest);
  await question(page).getByRole('button', { name: 'Stay in the call' }).click();
  await expect(question(page)).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: /^Message to/ })).toBeFocused();
  expect(new URL(page.url()).pathname).toBe('/');
  await askAgent(page, 2);
  expect(asked).toEqual([]);
});

test('who goes back, and leaves, ends the call, finds it in the list, and may go forward', async ({
  page,
  signInAsGuest,
}) => {
  const asked = await goBackDuringCall(page, signInAsGuest);
  const ended = page.waitForRequest(/\/end$/);
  await question(page).getByRole('button', { name: 'End call and leave' }).click();
  expect((await ended).postDataJSON()).toMatchObject({ reason: 'user' });
  await expect(page.getByRole('link', { name: /You ended the call/ })).toBeVisible();
  await page.goForward();
  await expect(page.getByRole('button', { name: 'Talk', exact: true })).toBeVisible();
  expect(asked).toEqual([]);
});

test('of a reload, a closed tab and the way to another document the browser asks', async ({
  page,
  signInAsGuest,
}) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await askAgent(page);
  const asked = answerBrowser(page, (dialog) => dialog.dismiss());
  await page.evaluate(() => location.reload());
  await expect.poll(() => asked.length).toBe(1);
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked.length).toBe(2);
  goBack(page);
  await expect.poll(() => asked.length).toBe(3);
  expect(new Set(asked)).toEqual(new Set(['beforeunload']));
  await askAgent(page, 2);
  await expect(question(page)).toHaveCount(0);
});

test('a jump within the page is no way out of it', async ({ page, signInAsGuest }) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await page.getByRole('link', { name: 'Skip to the conversation' }).press('Enter');
  await expect.poll(() => new URL(page.url()).hash).toBe('#main');
  goBack(page);
  await expect.poll(() => new URL(page.url()).hash).toBe('');
  await askAgent(page);
  await expect(question(page)).toHaveCount(0);
});

test('after a call nothing is asked', async ({ page, signInAsGuest }) => {
  const asked = answerBrowser(page, (dialog) => dialog.accept());
  await startTyped({ page, signIn: () => visitCallsFirst(page, signInAsGuest) });
  await askAgent(page);
  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByRole('heading', { name: 'You ended the call.' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Your calls' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('link', { name: /You ended the call/ })).toBeVisible();
  expect(asked).toEqual([]);
});
