import { expect, test } from 'vitest';
import { listFiles, readSource } from '../../scripts/tree/source-files.ts';

/** Words that only this business uses. Forks keep the plumbing, so it must not know them. */
const OUR_WORDS = /robin|northside|bicycle|\bbikes?\b/i;

const PLUMBING = ['app', 'bench', 'components', 'e2e', 'lib', 'sandbox'];

test('no file of the plumbing names the shop', () => {
  const plumbing = listFiles(PLUMBING).filter((file) => !file.startsWith('e2e/business/'));
  const naming = plumbing.flatMap((file) =>
    readSource(file)
      .split('\n')
      .flatMap((line, index) => (OUR_WORDS.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(naming).toEqual([]);
});
