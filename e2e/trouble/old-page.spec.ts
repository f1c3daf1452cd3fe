import { expect, type Request } from 'playwright/test';
import { test } from '../fixtures.ts';
import { askAgent, startTyped } from '../states/visit.ts';

const GONE = { status: 404, body: 'Not found' };
const NOT_FOUND = /Failed to load resource: the server responded with a status of 404/;

/** Next fetches what links lead to in the same way, only marked as ahead of time. */
function isRefresh(request: Request): boolean {
  const headers = request.headers();
  return (
    headers.rsc === '1' &&
    headers['next-router-prefetch'] === undefined &&
    new URL(request.url()).pathname === '/'
  );
}

test.describe('a page that is older than the site', () => {
  test.use({ expectedConsoleErrors: [NOT_FOUND] });

  for (const { build, refreshed } of [
    { build: 'a later one', refreshed: false },
    { build: null, refreshed: true },
  ]) {
    test(`is ${refreshed ? 'refreshed by the same' : 'not replaced by another'} build when its call ends`, async ({
      page,
      signInAsGuest,
    }) => {
      const refreshes: string[] = [];
      page.on('request', (request) => {
        if (isRefresh(request)) refreshes.push(request.url());
      });
      if (build) await page.route('**/api/version', (route) => route.fulfill({ json: { build } }));
      await startTyped({ page, signIn: () => signInAsGuest(page) });
      await askAgent(page);
      refreshes.length = 0;
      const asked = page.waitForResponse('**/api/version');
      await page.getByRole('button', { name: 'End call' }).click();
      await (await asked).finished();
      await expect(page.getByText('Call ended')).toBeVisible();
      if (refreshed) await expect.poll(() => refreshes.length).toBeGreaterThan(0);
      else expect(refreshes).toEqual([]);
      await expect(page.getByText('You typed:')).toBeAttached();
    });
  }

  test('goes on with its call when a part of it is gone, and says so', async ({ page, signInAsGuest }) => {
    await startTyped({ page, signIn: () => signInAsGuest(page) });
    await askAgent(page);
    await page.route('**/_next/static/**', (route) => route.fulfill(GONE));
    await page.getByRole('button', { name: 'Inspect this call' }).click();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'may have been updated' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Reload the page' })).toBeVisible();
    await page.getByRole('button', { name: 'End call' }).click();
    await expect(page.getByText('Call ended')).toBeVisible();
  });
});
