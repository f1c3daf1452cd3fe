import { normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readPackedPackage } from '../testing/packed-package.ts';

const { files, bin, listMissing, listUndeclared } = readPackedPackage(
  fileURLToPath(new URL('.', import.meta.url)),
);

test('the package has what its program needs, and no tests', () => {
  expect(files).toEqual(
    expect.arrayContaining(['README.md', 'LICENSE', normalize(bin['parley-redis-sandbox'] ?? '')]),
  );
  expect(files.filter((path) => /\.test\.ts$|^testing\//.test(path))).toEqual([]);
  expect(listMissing()).toEqual([]);
});

test('the package declares what it imports', () => {
  expect(listUndeclared()).toEqual([]);
});
