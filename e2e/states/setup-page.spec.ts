import { expect } from 'playwright/test';
import { NextProcess } from '../attack/server/next-process.ts';
import { findNeighbouringPorts } from '../browser/free-ports.ts';
import { test } from '../fixtures.ts';
import { violations } from '../violations.ts';
import { holdStill, takePictures } from './pictures.ts';

let server: NextProcess;
let address: string;

/** A site that somebody deployed without setting anything. */
test.beforeAll(async () => {
  const port = await findNeighbouringPorts(1);
  address = `http://localhost:${port}/`;
  const { PATH, HOME } = process.env;
  server = new NextProcess(port, { PATH, HOME, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
  await server.start();
});
test.afterAll(() => server.kill());

test('state 03-not-configured, for whoever deploys: what is missing and how to set it', async ({ page }) => {
  await page.goto(address);
  await expect(page).toHaveURL(/\/setup$/);
  await expect(page.getByRole('heading', { name: 'Almost there.' })).toBeVisible();
  await expect(page.getByText('OPENAI_API_KEY', { exact: true })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('pictures of 03b-setup', async ({ page }) => {
  test.skip(!process.env.PARLEY_SCREENS, 'writes pictures, tests nothing');
  await holdStill(page);
  await page.goto(address);
  await takePictures(page, '03b-setup');
});
