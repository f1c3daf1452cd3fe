import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The script's own tests, and those of the template: there the plumbing meets the template's business. */
export default defineConfig({
  resolve: {
    alias: [
      { find: 'server-only', replacement: fromRoot('lib/server/testing/server-only-stub.ts') },
      { find: '@/business', replacement: fromHere('./template/business') },
      { find: '@', replacement: fromRoot('.') },
    ],
  },
  test: {
    name: 'make-it-mine',
    include: ['**/*.test.ts'],
    testTimeout: 15_000,
    hookTimeout: 30_000,
    globalSetup: fromRoot('sandbox/redis/testing/vitest-setup.ts'),
  },
});
