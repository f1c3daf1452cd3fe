import { existsSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documents, files, guides, ROOT, readText, scripts, words } from './repository.ts';

/** Files that documents name although a clone does not have them: Next's new name for `middleware.ts`. */
const ELSEWHERE = new Set(['proxy.ts']);

const folders = new Set(files.flatMap((path) => path.split('/').slice(0, 1)));
const names = new Set(files.map((path) => basename(path)));

/** Returns `a/b` and `a/c` for `a/{b,c}`. */
function expandBraces(path: string): string[] {
  const match = /^(.*?)\{([^{}]*)\}(.*)$/.exec(path);
  if (!match) return [path];
  const [, before = '', choices = '', after = ''] = match;
  return choices.split(',').flatMap((choice) => expandBraces(before + choice + after));
}

const BLOCK = /^```(\w*)\n(.*?)^```/gms;

/** Returns the commands of the code blocks, and what is in backticks. */
const listCode = (text: string) => [
  ...Array.from(text.matchAll(BLOCK), ([, language = '', block = '']) =>
    ['', 'bash'].includes(language) ? block : '',
  ),
  ...Array.from(text.replaceAll(BLOCK, '').matchAll(/`([^`]+)`/g), ([, span = '']) => span),
];

/** Returns the paths there that begin with a folder of the repository. */
const listPaths = (text: string) =>
  listCode(text)
    .flatMap((code) => code.split(/\s+/))
    .filter((path) => path.includes('/') && folders.has(path.split('/')[0] ?? ''))
    .flatMap(expandBraces);

/** Returns the names of files in backticks that have no folder. */
const listNames = (text: string) =>
  Array.from(text.matchAll(/`(\w[\w.-]*\.(?:tsx?|mts|md|json|yml))`/g), ([, name = '']) => name);

/** Returns the links into this repository: a path, which may be empty, and a heading, which may be. */
const listLinks = (text: string) =>
  Array.from(text.matchAll(/\]\(([^)#\s]*)(?:#([^)\s]+))?\)/g), ([, path = '', heading = '']) => ({
    path,
    heading,
  })).filter(({ path }) => !/^\w+:/.test(path));

/** Returns the names that GitHub gives to the headings of a document. */
const listHeadings = (text: string) =>
  Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Returns the identifiers in backticks, such as `openCall` or `CallEnding`. */
const listIdentifiers = (text: string) =>
  Array.from(text.matchAll(/`([A-Za-z]+[a-z][A-Z]\w*)(?:\(\))?`/g), ([, name = '']) => name);

const exists = (path: string) =>
  path.includes('*')
    ? files.some((file) => file.startsWith(path.slice(0, path.indexOf('*'))))
    : existsSync(join(ROOT, path));

describe.each(documents)('%s', (document) => {
  const text = readText(document);

  test('names paths that exist', () => {
    expect(listPaths(text).filter((path) => !exists(path))).toEqual([]);
  });

  test('names files that exist', () => {
    expect(listNames(text).filter((name) => !names.has(name) && !ELSEWHERE.has(name))).toEqual([]);
  });

  test('links to files and headings that exist', () => {
    const broken = listLinks(text).filter(({ path, heading }) => {
      const target = path === '' ? document : normalize(join(dirname(document), path));
      return !exists(target) || (heading !== '' && !listHeadings(readText(target)).includes(heading));
    });
    expect(broken).toEqual([]);
  });

  test('names npm scripts that exist', () => {
    const run = Array.from(text.matchAll(/\bnpm run ([\w:-]+)/g), ([, name = '']) => name);
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test.each(guides)('%s names functions and types that exist', (path) => {
  const identifiers = listIdentifiers(readText(path));
  expect(identifiers.filter((name) => !words.has(name))).toEqual([]);
});

const decisions = documents.filter((path) => !guides.includes(path));
const numberOf = (path: string) => basename(path).slice(0, 3);

test('no two decisions have the same number', () => {
  expect(new Set(decisions.map(numberOf)).size).toBe(decisions.length);
});

describe.each(decisions)('%s', (document) => {
  test('has a number, a date, a status and the three parts', () => {
    const text = readText(document);
    expect(text).toMatch(
      /^# \d{3} .+\n\nDate: \d{4}-\d{2}-\d{2}\. Status: (accepted|superseded by \d{3})\.\n/,
    );
    for (const part of ['Context', 'Decision', 'Consequences']) expect(text).toContain(`**${part}.**`);
  });

  test('has its own number, and leads to the one that supersedes it', () => {
    const text = readText(document);
    expect(/^# (\d{3}) /.exec(text)?.[1]).toBe(numberOf(document));
    const [, later = numberOf(document)] = /Status: superseded by (\d{3})/.exec(text) ?? [];
    expect(decisions.map(numberOf)).toContain(later);
  });
});
