import { defineConfig } from 'playwright/test';
import base from '../../playwright.config.ts';

/** `npm run screens`: not tests, but the pictures of every state of the screen. */
export default defineConfig({
  ...base,
  testDir: '..',
  testMatch: '**/*.pictures.ts',
  outputDir: '../../test-results',
  globalSetup: '../browser/start-sites.ts',
});
