import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFiles, listImports, readSource } from './source-files.ts';

const MOST_FILES_IN_A_FOLDER = 20;
const MOST_LINES_IN_A_FILE = 300;

const HOUSES = ['app', 'bench', 'business', 'components', 'e2e', 'evals', 'lib', 'sandbox', 'scripts'];

const files = listFiles(HOUSES);
const modules = files.filter((file) => /\.(tsx?|mjs)$/.test(file));
const sources = modules.filter((file) => !file.includes('.test.') && !file.includes('/testing/'));
const imports = new Map(modules.map((file) => [file, listImports(file)]));

test(`no folder holds more than ${MOST_FILES_IN_A_FOLDER} files`, () => {
  const counts = new Map<string, number>();
  for (const folder of files.map(dirname)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > MOST_FILES_IN_A_FOLDER)).toEqual([]);
});

test(`no file has more than ${MOST_LINES_IN_A_FILE} lines`, () => {
  const long = modules.filter((file) => readSource(file).split('\n').length - 1 > MOST_LINES_IN_A_FILE);
  expect(long).toEqual([]);
});

test('no file imports itself, however long the way round', () => {
  expect(findCircles()).toEqual([]);
});

/** Each line is a floor: a room imports the rooms of the lines above it, and no other. */
const FLOORS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'lib/server': [
    ['platform'],
    ['store', 'http'],
    ['webhooks', 'tracing'],
    ['auth'],
    ['money'],
    ['records'],
    ['openai.ts'],
    ['endings'],
    ['agents'],
    ['tools'],
    ['calls', 'personal-data'],
    ['health.ts', 'doctor', 'console'],
    ['start-server.ts'],
  ],
  'lib/client': [['state'], ['page', 'inspect'], ['api'], ['audio', 'connection'], ['call']],
};

describe.each(Object.entries(FLOORS))('%s', (house, floors) => {
  const roomOf = (file: string) => file.slice(house.length + 1).split('/')[0] ?? '';
  const floorOf = (file: string) => floors.findIndex((rooms) => rooms.includes(roomOf(file)));
  const inside = sources.filter((file) => file.startsWith(`${house}/`));

  test('every room has its floor', () => {
    expect([...new Set(inside.filter((file) => floorOf(file) === -1).map(roomOf))]).toEqual([]);
  });

  test('a room imports only the rooms below it', () => {
    const upward = inside.flatMap((file) =>
      (imports.get(file) ?? [])
        .filter((other) => other.startsWith(`${house}/`) && roomOf(other) !== roomOf(file))
        .filter((other) => floorOf(other) >= floorOf(file))
        .map((other) => `${file} imports ${other}`),
    );
    expect(upward).toEqual([]);
  });
});

/** Returns each circle of imports once, as the way round it. */
function findCircles(): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start !== -1) circles.push([...way.slice(start), file].join(' → '));
    if (start !== -1 || done.has(file)) return;
    for (const other of imports.get(file) ?? []) walk(other, [...way, file]);
    done.add(file);
  };
  for (const file of modules) walk(file, []);
  return circles;
}
