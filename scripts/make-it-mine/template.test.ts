import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const TEMPLATE = fileURLToPath(new URL('template', import.meta.url));

test('the plumbing compiles with the business of the template', { timeout: 60_000 }, () => {
  const { stdout } = spawnSync(process.execPath, [TSC, '--project', TEMPLATE, '--incremental', 'false'], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});
