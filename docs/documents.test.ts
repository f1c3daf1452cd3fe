import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
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
/** Files that documents name although a clone does not have them: Next's new name for `middleware.ts`. */
const ELSEWHERE = new Set(['proxy.ts']);

function listFiles(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (LEFT_OUT.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

const files = listFiles();
const folders = new Set(files.flatMap((path) => path.split('/').slice(0, 1)));
const names = new Set(files.map((path) => basename(path)));
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

const documents = files.filter((path) => path.endsWith('.md'));

/** Returns `a/b` and `a/c` for `a/{b,c}`. */
function expandBraces(path: string): string[] {
  const match = /^(.*?)\{([^{}]*)\}(.*)$/.exec(path);
  if (!match) return [path];
  const [, before = '', choices = '', after = ''] = match;
  return choices.split(',').flatMap((choice) => expandBraces(before + choice + after));
}

/** Returns the paths in backticks that begin with a folder of the repository. */
const listPaths = (text: string) =>
  Array.from(text.matchAll(/`([^`\s]+)`/g), ([, path = '']) => path)
    .filter((path) => path.includes('/') && folders.has(path.split('/')[0] ?? ''))
    .flatMap(expandBraces);

/** Returns the names of files in backticks that have no folder. */
const listNames = (text: string) =>
  Array.from(text.matchAll(/`(\w[\w.-]*\.(?:tsx?|mts|md|json|yml))`/g), ([, name = '']) => name);

const listLinks = (text: string) =>
  Array.from(text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g), ([, link = '']) => link).filter(
    (link) => !/^\w+:/.test(link),
  );

/** Every word of our code. */
const words = new Set(
  files
    .filter((path) => /\.(tsx?|mts|mjs)$/.test(path))
    .flatMap((path) => readFileSync(join(ROOT, path), 'utf8').match(/\w+/g) ?? []),
);

/** Returns the identifiers in backticks, such as `openCall` or `CallEnding`. */
const listIdentifiers = (text: string) =>
  Array.from(text.matchAll(/`([A-Za-z]+[a-z][A-Z]\w*)(?:\(\))?`/g), ([, name = '']) => name);

const exists = (path: string) =>
  path.includes('*')
    ? files.some((file) => file.startsWith(path.slice(0, path.indexOf('*'))))
    : existsSync(join(ROOT, path));

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');

  test('names paths that exist', () => {
    expect(listPaths(text).filter((path) => !exists(path))).toEqual([]);
  });

  test('names files that exist', () => {
    expect(listNames(text).filter((name) => !names.has(name) && !ELSEWHERE.has(name))).toEqual([]);
  });

  test('links to files that exist', () => {
    const broken = listLinks(text).filter((link) => !exists(normalize(join(dirname(document), link))));
    expect(broken).toEqual([]);
  });

  test('names npm scripts that exist', () => {
    const run = Array.from(text.matchAll(/\bnpm run ([\w:-]+)/g), ([, name = '']) => name);
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
  });
});

const isDecision = (path: string) => path.startsWith('docs/decisions/');

// A decision may name what was not taken.
test.each(documents.filter((path) => !isDecision(path)))(
  '%s names functions and types that exist',
  (path) => {
    const identifiers = listIdentifiers(readFileSync(join(ROOT, path), 'utf8'));
    expect(identifiers.filter((name) => !words.has(name))).toEqual([]);
  },
);

describe.each(documents.filter(isDecision))('%s', (document) => {
  test('has a number, a date, a status and the three parts', () => {
    const text = readFileSync(join(ROOT, document), 'utf8');
    expect(text).toMatch(
      /^# \d{3} .+\n\nDate: \d{4}-\d{2}-\d{2}\. Status: (accepted|superseded by \d{3})\.\n/,
    );
    for (const part of ['Context', 'Decision', 'Consequences']) expect(text).toContain(`**${part}.**`);
  });
});
