import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findLeftovers } from './leftovers.ts';

test('a file that names the demo business is found, whatever its case; the licence may', () => {
  const root = mkdtempSync(join(tmpdir(), 'leftovers-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const add = (path: string, text: string) => {
    writeFileSync(join(root, path), text);
    execFileSync('git', ['add', path], { cwd: root });
  };
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  add('LICENSE', 'Copyright the Northside authors\n');
  add('clean.ts', 'export const name = 1;\n');
  expect(findLeftovers(root)).toEqual([]);
  add('plumbing.ts', "export const agent = 1;\nexport const name = 'ROBIN';\n");
  expect(findLeftovers(root)).toEqual(["plumbing.ts:2:export const name = 'ROBIN';"]);
});
