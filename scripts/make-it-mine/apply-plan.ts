import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plan } from './plan.ts';
import { restoreFiles } from './work-tree.ts';

const FORMATTED = /\.(?:json|mts|tsx?)$/;
const NOT_FORMATTED = 'package-lock.json';

/** Removes a file, and the folders that are empty without it. */
function remove(root: string, path: string): void {
  rmSync(join(root, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const full = join(root, folder);
    if (!existsSync(full) || readdirSync(full).length > 0) return;
    rmdirSync(full);
  }
}

function write(root: string, path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Names differ in length, so lines break and imports sort in other places than in the template. */
function format(root: string, paths: readonly string[]): void {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const files = paths.filter((path) => FORMATTED.test(path) && path !== NOT_FORMATTED);
  execFileSync(process.execPath, [biome, 'check', '--write', ...files], { cwd: root, stdio: 'pipe' });
}

/**
 * Carries the plan out in a clean work tree. When a step fails, everything is put back as it was committed, and the
 * error is thrown on.
 */
export function applyPlan(root: string, { removed, written, changed }: Plan): void {
  const isNew = written.filter(({ path }) => !existsSync(join(root, path)));
  // Ctrl-C ends the formatter, and with it this function, in order.
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  try {
    for (const path of removed) remove(root, path);
    for (const { path, content } of [...written, ...changed]) write(root, path, content);
    format(
      root,
      [...written, ...changed].map(({ path }) => path),
    );
  } catch (error) {
    for (const { path } of isNew) remove(root, path);
    restoreFiles(root);
    throw error;
  } finally {
    process.off('SIGINT', ignore);
  }
}
