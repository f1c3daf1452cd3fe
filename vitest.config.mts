import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      'server-only': fromRoot('./lib/server-only-stub.ts'),
      '@': fromRoot('.'),
    },
  },
  test: {
    include: ['{app,components,lib,sandbox,e2e}/**/*.test.{ts,tsx}'],
    globalSetup: './sandbox/redis/vitest-setup.ts',
    environment: 'node',
    testTimeout: 15_000,
    hookTimeout: 30_000,
  },
});
