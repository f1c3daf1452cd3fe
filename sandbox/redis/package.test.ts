import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const { dependencies, bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
  bin: Record<string, string>;
};

/** The files that a stranger gets. */
const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8' }),
) as [{ files: { path: string }[] }];
const files = packed.files.map(({ path }) => path);
const sources = files.filter((path) => /\.(ts|mjs)$/.test(path));

/** What a file needs when it runs: imports of types alone are erased. */
const importsOf = (path: string): string[] =>
  Array.from(
    readFileSync(join(ROOT, path), 'utf8')
      .replace(/import type [^;]*;/g, '')
      .matchAll(/(?:from|import|import\(|new URL\() ?'([^']+)'/g),
    ([, specifier = '']) => specifier,
  );

test('the package has what its program needs, and no tests', () => {
  expect(files).toEqual(
    expect.arrayContaining(['README.md', 'LICENSE', normalize(bin['parley-redis-sandbox'] ?? '')]),
  );
  expect(files.filter((path) => /\.test\.ts$|^testing\//.test(path))).toEqual([]);
  const missing = sources.flatMap((path) =>
    importsOf(path)
      .filter((specifier) => /^\.\.?\/.*\.(ts|mjs)$/.test(specifier))
      .map((specifier) => normalize(join(dirname(path), specifier)))
      .filter((needed) => !files.includes(needed)),
  );
  expect(missing).toEqual([]);
});

test('the package declares what it imports', () => {
  const bare = sources
    .flatMap(importsOf)
    .filter((specifier) => /^[@a-z]/.test(specifier) && !isBuiltin(specifier));
  const names = new Set(bare.map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? ''));
  expect([...names].filter((name) => !(name in dependencies))).toEqual([]);
});
