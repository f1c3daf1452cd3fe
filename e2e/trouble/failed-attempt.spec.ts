import { expect } from 'playwright/test';
import { orderFaults } from '../attack/server/sandbox-faults.ts';
import { test } from '../fixtures.ts';
import { isRelay } from '../relay-mode.ts';
import { talk } from '../states/visit.ts';

test.use({ expectedConsoleErrors: [/status of 403/] });

test('a direct attempt that failed says what it took, the header is true, and the next one is relayed', async ({
  page,
  baseURL,
  signInAsGuest,
}) => {
  test.skip(isRelay, 'A relayed attempt that fails costs nothing.');
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url());
  });
  await orderFaults({ calls: { status: 403, times: 1 } });
  await signInAsGuest(page);
  await expect(page.getByText('30 min left today').first()).toBeVisible();
  await talk(page);
  await expect(page.getByText('A call that didn’t start took 5 min of today’s time')).toBeVisible({
    timeout: 20_000,
  });
  await expect(page.getByText('25 min left today').first()).toBeVisible();

  posts.length = 0;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('group', { name: 'Call controls' })).toBeVisible({ timeout: 20_000 });
  expect(posts.filter((url) => !url.startsWith(`${baseURL}/`))).toEqual([]);
});
