import { randomBytes } from 'node:crypto';
import { defineConfig } from 'playwright/test';
import { MODE, siteOfWorker, siteVariables, WORKERS } from './e2e/browser/sites.ts';

// Playwright sets TEST_PARALLEL_INDEX in each worker before the worker loads this file.
const site = siteOfWorker(Number(process.env.TEST_PARALLEL_INDEX ?? 0));
Object.assign(process.env, siteVariables(site));

// Known to the tests, so that they can look into Redis and search every response for a leak.
process.env.SANDBOX_API_KEY ??= `sk-sandbox-${randomBytes(24).toString('hex')}`;
process.env.SANDBOX_REDIS_TOKEN ??= randomBytes(24).toString('hex');
process.env.AUTH_SECRET ??= randomBytes(32).toString('base64url');

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // Specs that speak and listen in real time hold the lock `-exclusive-`: nothing else runs beside them.
  workers: WORKERS,
  // A dev server compiles what a test visits.
  timeout: MODE === 'dev' ? 240_000 : 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  // docs/decisions/039: the summary names each test that took two tries, and more than a few fail the run.
  retries: Number(process.env.PARLEY_E2E_RETRIES ?? (process.env.CI ? 1 : 0)),
  reporter: [['list']],
  // Sites of both modes pass the whole suite: PARLEY_E2E_CONNECT=relay npm run test:e2e
  globalSetup: './e2e/browser/start-sites.ts',
  use: {
    baseURL: `http://localhost:${site.port}`,
    screenshot: 'only-on-failure',
    permissions: ['microphone'],
    // Half of what a call costs on a machine without a graphics card is the moving wheel. What tests sound or motion asks for it.
    contextOptions: { reducedMotion: 'reduce' },
  },
});
