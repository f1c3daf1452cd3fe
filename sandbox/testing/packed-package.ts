import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path';

interface Manifest {
  dependencies: Record<string, string>;
  bin: Record<string, string>;
}

/** What a file needs when it runs: imports of types alone are erased. */
const importsOf = (file: string): string[] =>
  Array.from(
    readFileSync(file, 'utf8')
      .replace(/import type [^;]*;/g, '')
      .matchAll(/(?:from|import|import\(|new URL\() ?'([^']+)'/g),
    ([, specifier = '']) => specifier,
  );

/** Returns what a stranger gets of the package in this folder, and what is wrong with it. Packs nothing. */
export function readPackedPackage(root: string) {
  const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const [packed]: [{ files: { path: string }[] }] = JSON.parse(
    execFileSync('npm', words, { cwd: root, encoding: 'utf8' }),
  );
  const files = packed.files.map(({ path }) => path);
  const sources = files.filter((path) => /\.(ts|mjs)$/.test(path));
  return {
    files,
    bin: manifest.bin,
    /** Returns the files that another file of the package imports and that are not in it. */
    listMissing: () =>
      sources.flatMap((path) =>
        importsOf(join(root, path))
          .filter((specifier) => /^\.\.?\/.*\.(ts|mjs)$/.test(specifier))
          .map((specifier) => normalize(join(dirname(path), specifier)))
          .filter((needed) => !files.includes(needed)),
      ),
    /** Returns the packages that are imported and not declared. */
    listUndeclared(): string[] {
      const bare = sources
        .flatMap((path) => importsOf(join(root, path)))
        .filter((specifier) => /^[@a-z]/.test(specifier) && !isBuiltin(specifier));
      const names = new Set(bare.map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? ''));
      return [...names].filter((name) => !(name in manifest.dependencies));
    },
  };
}
