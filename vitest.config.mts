import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const PURE = [
  '{app,components,e2e}/**/*.test.{ts,tsx}',
  'lib/{client,shared}/**/*.test.{ts,tsx}',
  'sandbox/realtime/{control,mind,protocol,media/audio}/**/*.test.ts',
];

export default defineConfig({
  resolve: {
    alias: {
      'server-only': fromRoot('./lib/server/testing/server-only-stub.ts'),
      '@': fromRoot('.'),
    },
  },
  test: {
    environment: 'node',
    // By default one core is left free: of two, that is half.
    maxWorkers: '100%',
    testTimeout: 15_000,
    hookTimeout: 30_000,
    projects: [
      'scripts/make-it-mine/vitest.config.mts',
      {
        extends: true,
        // They touch nothing but their own values, so they share a process: a fourth of the time.
        test: { name: 'pure', include: PURE, isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['{app,business,components,lib,sandbox,e2e}/**/*.test.{ts,tsx}'],
          exclude: PURE,
          globalSetup: './sandbox/redis/testing/vitest-setup.ts',
        },
      },
    ],
  },
});
