import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const TSC = fromRoot('node_modules/typescript/bin/tsc');
const TEMPLATE = fileURLToPath(new URL('template', import.meta.url));

const NEXT = fromRoot('node_modules/next/dist/bin/next');

test('the plumbing compiles with the business of the template', { timeout: 60_000 }, () => {
  // A fresh clone has no types of routes yet.
  if (!existsSync(fromRoot('.next/types')))
    spawnSync(process.execPath, [NEXT, 'typegen'], { cwd: fromRoot('.') });
  const { stdout } = spawnSync(process.execPath, [TSC, '--project', TEMPLATE, '--incremental', 'false'], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

test('site.ts of the template explains its fields as that of the demo does', () => {
  const listComments = (path: string) => readFileSync(path, 'utf8').match(/\/\*\*.*?\*\//gs);
  expect(listComments(`${TEMPLATE}/business/site.ts`)).toEqual(listComments(fromRoot('business/site.ts')));
});

test('the README of the template has the button and the tree of ours', () => {
  const listShared = (path: string) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter(
        (line) =>
          line.includes('vercel.com/button') ||
          /^(app|components|lib|sandbox|e2e|bench|deploy|docs)\/.* {2}/.test(line),
      );
  const own = listShared(fromRoot('README.md'));
  expect(own.length).toBeGreaterThan(8);
  expect(listShared(`${TEMPLATE}/README.md`)).toEqual(own);
});
