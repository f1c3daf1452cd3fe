import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';

test.use({ expectedConsoleErrors: [/status of 429/] });

test('the sixth call in a minute is refused, with a countdown', async ({ page, baseURL, signInAsGuest }) => {
  await signInAsGuest(page);
  const headers = { origin: baseURL ?? '' };
  for (let count = 0; count < 5; count++) {
    const opened = await page.request.post('/api/voice/session', { data: { takeOver: true }, headers });
    expect(opened.status()).toBe(201);
  }
  const refused = await page.request.post('/api/voice/session', { data: { takeOver: true }, headers });
  expect(refused.status()).toBe(429);
  expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  await expect(page.getByRole('timer')).toContainText(/\d/);
  await expect(page.getByRole('button', { name: 'Type instead' })).toHaveCount(0);
});
