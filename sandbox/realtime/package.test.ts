import { normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readPackedPackage } from '../testing/packed-package.ts';

/** Without the models, which are copied when it is packed. */
const { files, bin, listMissing, listUndeclared } = readPackedPackage(
  fileURLToPath(new URL('.', import.meta.url)),
);

test('the package has what its program needs, and no tests', () => {
  expect(files).toEqual(
    expect.arrayContaining(['README.md', 'LICENSE', normalize(bin['parley-realtime-sandbox'] ?? '')]),
  );
  expect(files.filter((path) => /\.test\.ts$|^(testing|contract|clients)\//.test(path))).toEqual([]);
  expect(listMissing()).toEqual([]);
});

test('the package declares what it imports', () => {
  expect(listUndeclared()).toEqual([]);
});
