import { defineConfig } from 'playwright/test';
import base from '../../playwright.config.ts';

/** `npm run test:firefox`: the journeys of a call, by what drives Firefox. */
export default defineConfig({
  ...base,
  testDir: '..',
  testMatch: '**/*.journey.ts',
  outputDir: '../../test-results',
  globalSetup: '../browser/start-sites.ts',
  // The waits of the profile `harsh`, and a stall of 25 s.
  timeout: 120_000,
  expect: { timeout: 45_000 },
});
