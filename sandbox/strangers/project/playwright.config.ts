import { browserArguments } from '@parley/realtime-sandbox/playwright';
import { defineConfig } from '@playwright/test';

const { PAGE_PORT, BROWSER, IN_CONTAINER } = process.env;

export default defineConfig({
  workers: 1,
  timeout: 120_000,
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${PAGE_PORT}`,
    launchOptions: {
      args: [...browserArguments, ...(IN_CONTAINER ? ['--no-sandbox'] : [])],
      ...(BROWSER ? { executablePath: BROWSER } : {}),
    },
  },
  webServer: {
    command: `npx vite --host 127.0.0.1 --port ${PAGE_PORT} --strictPort`,
    url: `http://127.0.0.1:${PAGE_PORT}/bare.html`,
  },
});
