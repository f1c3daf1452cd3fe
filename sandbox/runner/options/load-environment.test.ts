import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadEnvironment } from './load-environment.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'environment-'));
  // @next/env leaves `.env.local` out and takes `.env.test` when the process is a test run.
  vi.stubEnv('NODE_ENV', 'development');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

it("reads Next's files in Next's order, and leaves the process's environment unchanged", async () => {
  vi.stubEnv('PARLEY_TEST_OUTER', 'process');
  await writeFile(
    join(directory, '.env'),
    'PARLEY_TEST_OUTER=file\nPARLEY_TEST_A=base\nPARLEY_TEST_B=base\n',
  );
  await writeFile(join(directory, '.env.development'), 'PARLEY_TEST_B=development\n');
  const env = loadEnvironment(directory, 'dev');
  expect(env).toMatchObject({
    PARLEY_TEST_OUTER: 'process',
    PARLEY_TEST_A: 'base',
    PARLEY_TEST_B: 'development',
  });
  expect(process.env.PARLEY_TEST_A).toBeUndefined();
  expect(process.env.__NEXT_PROCESSED_ENV).toBeUndefined();
});
