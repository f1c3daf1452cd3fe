import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { lookAround } from './look-around.ts';
import { askAgent, startTyped } from './visit.ts';

test('everything fits and can be pressed in every window, also zoomed and from right to left', async ({
  page,
  signInAsGuest,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await lookAround(page, 'signed out');
  await signInAsGuest(page);
  await lookAround(page, 'ready');
  await page.getByRole('button', { name: 'Options' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await lookAround(page, 'options');
  await page.getByRole('button', { name: 'Close' }).click();

  await startTyped({ page, signIn: async () => {} });
  await askAgent(page);
  await lookAround(page, 'in a call');
  await page.getByRole('button', { name: 'Inspect this call' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await lookAround(page, 'inspector');
  await page.getByRole('button', { name: 'Close the inspector' }).click();
  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('Call ended')).toBeVisible();
  await lookAround(page, 'receipt');
  await page.getByRole('link', { name: 'Your calls' }).click();
  await expect(page.getByRole('heading', { name: 'Your calls' })).toBeVisible();
  await lookAround(page, 'history');
});

test('where colours are forced, and with them backgrounds go, a button still has its edge', async ({
  page,
  signInAsGuest,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await signInAsGuest(page);
  const edge = (name: string | RegExp) =>
    expect(page.getByRole('button', { name }), String(name)).toHaveCSS('border-top-width', '1px');
  for (const name of [/^Talk$/, 'Type instead', 'Options']) await edge(name);
  await startTyped({ page, signIn: async () => {} });
  for (const name of ['End call', /^Stop /, 'Inspect this call']) await edge(name);
});
