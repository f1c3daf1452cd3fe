import { expect } from 'playwright/test';
import { violations } from '../violations.ts';
import { type ReachedState, shown, type Visit } from './visit.ts';

/** One sentence, one way on, one announcement, and nothing that axe complains of. */
export async function checkState(state: ReachedState, { page, signIn }: Visit): Promise<void> {
  const { sentence, action, announcement, reach } = state;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await reach({ page, signIn });
  await expect(shown(page, sentence)).toBeVisible({ timeout: 30_000 });
  if (action) {
    const name = { name: action };
    await expect(page.getByRole('button', name).or(page.getByRole('link', name)).first()).toBeVisible();
  }
  const announced = page.getByRole('status').or(page.getByRole('alert'));
  if (announcement.source !== '^$') {
    await expect(announced.filter({ hasText: announcement }).first()).toBeAttached();
  }
  // A heading that takes the focus is read because of it.
  const arrived = page.locator('h1:focus, h2:focus');
  if (await arrived.count())
    await expect(announced.filter({ hasText: await arrived.innerText() })).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
}
