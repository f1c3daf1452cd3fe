import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';

test.use({ expectedConsoleErrors: [/status of 429/] });

test('more than five calls in a minute are refused, with a countdown', async ({
  page,
  baseURL,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  const headers = { origin: baseURL ?? '' };
  const open = () => page.request.post('/api/voice/session', { data: { takeOver: true }, headers });
  for (let count = 0; count < 5; count++) expect((await open()).status()).toBe(201);
  // The window slides in two halves: where the minute turns during these calls, one or two more pass.
  let refused = await open();
  for (let more = 0; more < 2 && refused.status() === 201; more++) refused = await open();
  expect(refused.status()).toBe(429);
  expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  await expect(page.getByRole('timer')).toContainText(/\d/);
  await expect(page.getByRole('button', { name: 'Type instead' })).toHaveCount(0);
});
