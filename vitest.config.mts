import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests that touch nothing but their own values: they share a process, in a fourth of the time. */
const PURE = [
  '{app,components}/**/*.test.{ts,tsx}',
  'docs/testing/*.test.ts',
  'evals/{,call/,checks/,report/}*.test.ts',
  'e2e/{browser,production,attack/fuzz}/**/*.test.ts',
  'lib/{client,shared}/**/*.test.{ts,tsx}',
  'lib/server/platform/**/*.test.ts',
  'sandbox/realtime/{control,http,mind,protocol,testing}/**/*.test.ts',
  'sandbox/realtime/media/{audio,rtc,speech}/**/*.test.ts',
  'sandbox/runner/services/**/*.test.ts',
  'scripts/tree/**/*.test.ts',
];
/**
 * Tests that change more of their process than `begin-anew.ts` restores (packages with a state, globals, threads), or count
 * all requests of their process: a file before them may still be sending its last.
 */
const ALONE = [
  'lib/server/next-config.test.ts',
  'lib/server/{health,endings/restart,http/limits/routes,records/audit,tools/run-once}.test.ts',
  'lib/server/tracing/**/*.test.ts',
  'sandbox/realtime/{clients,media}/**/*.test.ts',
];
const BUSINESS_PURE = ['business/testing/**/*.test.ts'];

/** Modules that a test gets in the place of others. The first that fits is taken. */
const REAL_BUSINESS = [
  { find: 'server-only', replacement: fromRoot('./lib/server/testing/server-only-stub.ts') },
  { find: '@', replacement: fromRoot('.') },
];
/** The plumbing is tested with a business of its own, so that these tests hold for every other. */
const FIXTURE_BUSINESS = [
  {
    find: /^@\/business\/(agents|tools|site)$/,
    replacement: fromRoot('./lib/server/testing/business/$1.ts'),
  },
  ...REAL_BUSINESS,
];

interface ProjectParts {
  name: string;
  include: string[];
  exclude?: string[];
  alias: typeof FIXTURE_BUSINESS;
}

/** For tests that change nothing. */
const sharedProcess = ({ name, include, alias }: ProjectParts): TestProjectInlineConfiguration => ({
  extends: true,
  resolve: { alias },
  test: { name, include, isolate: false },
});

/** For tests that set variables and load modules afresh: each file begins as in a process of its own, in half the time. */
const renewedProcess = ({ name, include, exclude, alias }: ProjectParts): TestProjectInlineConfiguration => ({
  extends: true,
  resolve: { alias },
  test: {
    name,
    include,
    exclude,
    isolate: false,
    setupFiles: './lib/server/testing/begin-anew.ts',
    globalSetup: './sandbox/redis/testing/vitest-setup.ts',
  },
});

const ownProcess = ({ name, include, exclude, alias }: ProjectParts): TestProjectInlineConfiguration => ({
  extends: true,
  resolve: { alias },
  test: { name, include, exclude, globalSetup: './sandbox/redis/testing/vitest-setup.ts' },
});

export default defineConfig({
  test: {
    environment: 'node',
    // By default one core is left free: of two, that is half.
    maxWorkers: '100%',
    testTimeout: 15_000,
    hookTimeout: 30_000,
    projects: [
      'scripts/make-it-mine/vitest.config.mts',
      sharedProcess({ name: 'pure', include: PURE, alias: FIXTURE_BUSINESS }),
      renewedProcess({
        name: 'whole',
        include: ['{app,components,docs,evals,lib,sandbox,e2e}/**/*.test.{ts,tsx}'],
        exclude: [...PURE, ...ALONE],
        alias: FIXTURE_BUSINESS,
      }),
      ownProcess({ name: 'alone', include: ALONE, exclude: PURE, alias: FIXTURE_BUSINESS }),
      sharedProcess({ name: 'business-pure', include: BUSINESS_PURE, alias: REAL_BUSINESS }),
      renewedProcess({
        name: 'business',
        include: ['business/**/*.test.{ts,tsx}'],
        exclude: BUSINESS_PURE,
        alias: REAL_BUSINESS,
      }),
    ],
  },
});
