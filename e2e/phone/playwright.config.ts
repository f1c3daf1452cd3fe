import { defineConfig, devices } from 'playwright/test';
import base from '../../playwright.config.ts';
import { PHONE_URL } from './start-phone-site.ts';

/** `npm run test:phone`: what a phone in the same network is shown by `npm run dev -- --phone`. */
export default defineConfig({
  ...base,
  testDir: '..',
  testMatch: '**/*.phone.ts',
  outputDir: '../../test-results',
  globalSetup: './start-phone-site.ts',
  workers: 1,
  timeout: 240_000,
  use: {
    ...base.use,
    ...devices['Pixel 7'],
    viewport: { width: 390, height: 844 },
    baseURL: process.env[PHONE_URL] ?? '',
    // It accepts the certificate, as a person does once.
    ignoreHTTPSErrors: true,
  },
});
