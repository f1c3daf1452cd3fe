import axe from 'axe-core';
import { expect, type Page } from 'playwright/test';
import { test } from './fixtures.ts';

/** Every violation of WCAG 2.2 AA that axe finds, in words. */
async function violations(page: Page): Promise<string[]> {
  // Motion in progress would be measured as faint text.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  await page.evaluate(axe.source);
  const found = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a typed call from sign-in to receipt has no accessibility violation, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Sign in to talk' })).toBeVisible();
    expect(await violations(page), 'sign-in').toEqual([]);

    await page.getByRole('button', { name: 'Continue as guest' }).click();
    await expect(page.getByRole('button', { name: 'Talk', exact: true })).toBeVisible();
    expect(await violations(page), 'ready').toEqual([]);

    await page.getByRole('button', { name: 'Type instead' }).click();
    const message = page.getByRole('textbox', { name: 'Message to Robin' });
    await message.fill('Book a tune-up on Friday at half past two.');
    await message.press('Enter');
    await expect(page.getByRole('region', { name: 'Book an appointment?' })).toBeVisible();
    expect(await violations(page), 'approval').toEqual([]);

    await page.getByRole('button', { name: 'Don’t allow' }).click();
    await page.getByRole('button', { name: 'End call' }).click();
    await expect(page.getByText('Call ended')).toBeVisible();
    expect(await violations(page), 'receipt').toEqual([]);
  });
}
