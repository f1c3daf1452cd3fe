import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LEFT_OUT = new Set([
  'node_modules',
  '.git',
  '.next',
  '.parley',
  'test-results',
  'playwright-report',
  // Documents of a repository that does not exist yet.
  'template',
]);

/** Returns the files below a folder, as paths from the root. */
function listFiles(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (LEFT_OUT.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

export const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export const files = listFiles();
export const documents = files.filter((path) => path.endsWith('.md'));
/** A decision may name what was not taken, and what was there at its time. */
export const guides = documents.filter((path) => !path.startsWith('docs/decisions/'));

const code = files.filter((path) => /\.(tsx?|mts|mjs)$/.test(path));
export const sources: ReadonlyMap<string, string> = new Map(code.map((path) => [path, readText(path)]));
/** Every word of our code. */
export const words = new Set([...sources.values()].flatMap((text) => text.match(/\w+/g) ?? []));

export const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
