import { randomBytes } from 'node:crypto';
import { defineConfig } from 'playwright/test';

const port = Number(process.env.PARLEY_E2E_PORT ?? 3100);

// Known to the tests, so that they can look into Redis and search every response for a leak.
process.env.SANDBOX_API_KEY ??= `sk-sandbox-${randomBytes(24).toString('hex')}`;
process.env.SANDBOX_REDIS_TOKEN ??= randomBytes(24).toString('hex');
process.env.SANDBOX_REDIS_PORT ??= String(port + 1);
process.env.SANDBOX_REALTIME_PORT ??= String(port + 2);
process.env.AUTH_SECRET ??= randomBytes(32).toString('base64url');

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // Makes the pictures of docs/screens, and tests nothing.
  testIgnore: process.env.PARLEY_SCREENS ? [] : '**/screens.spec.ts',
  outputDir: 'test-results',
  // One browser at a time: speech in real time wants the machine for itself.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    screenshot: 'only-on-failure',
    permissions: ['microphone'],
  },
  webServer: {
    command: `node --import jiti/register sandbox/run.ts start --port ${port}`,
    // The address is printed when everything can be used, the sandbox's ears and voice too.
    wait: { stdout: /Parley\s+http/ },
    // The whole suite passes in both modes: PARLEY_E2E_CONNECT=relay npm run test:e2e
    env: { PARLEY_SANDBOX: '1', VOICE_CONNECT: process.env.PARLEY_E2E_CONNECT ?? 'direct' },
    timeout: 60_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 8_000 },
  },
});
