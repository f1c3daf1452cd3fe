import { defineConfig } from 'playwright/test';
import base from '../../playwright.config.ts';

/** `npm run test:evals`: faults that are planted one at a time, and must be found by callers who speak in real time. */
export default defineConfig({
  ...base,
  testDir: '..',
  testMatch: '**/*.evals.ts',
  outputDir: '../../test-results',
  globalSetup: '../browser/start-sites.ts',
});
