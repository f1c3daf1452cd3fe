import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const WRITTEN_BY_HAND = /\.(tsx?|mts|mjs|css|svg|md|json)$/;
const IMPORT = /(?:\bfrom|\bimport) '([^']+)'|\bimport\('([^']+)'\)/g;
const ENDINGS = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];

/** Returns the files of these folders that are written by hand, as paths from the root with `/`. */
export const listFiles = (folders: readonly string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((file) => WRITTEN_BY_HAND.test(file) && !file.includes('/node_modules/')),
  );

/** Returns the text of a file. */
export const readSource = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Returns the files of this project that a file imports, types too. Packages are left out. */
export const listImports = (file: string): string[] =>
  [...readSource(file).matchAll(IMPORT)].flatMap(([, from, lazily]) => resolve(file, from ?? lazily ?? ''));

function resolve(importer: string, imported: string): string[] {
  if (!imported.startsWith('@/') && !imported.startsWith('.')) return [];
  const path = imported.startsWith('@/') ? imported.slice(2) : join(dirname(importer), imported);
  const found = ENDINGS.map((ending) => normalize(`${path}${ending}`).replaceAll('\\', '/')).find(isFile);
  return found === undefined ? [] : [found];
}

const isFile = (file: string): boolean => existsSync(join(ROOT, file)) && statSync(join(ROOT, file)).isFile();
