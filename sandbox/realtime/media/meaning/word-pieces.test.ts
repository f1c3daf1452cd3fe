import { expect, test } from 'vitest';
import { createWordSplitter } from './word-pieces.ts';

const PIECES = [
  '[PAD]',
  '[UNK]',
  '[CLS]',
  '[SEP]',
  'free',
  '##day',
  '##dom',
  'fri',
  'cafe',
  "'",
  'i',
  'm',
  '-',
];
const split = createWordSplitter(new Map(PIECES.map((piece, id) => [piece, id])), 6);

test('takes the longest piece first, and marks both ends', () => {
  expect(split('freedom friday')).toEqual([2, 4, 6, 7, 5, 3]);
});

test('case, accents and what cannot be seen do not matter', () => {
  expect(split('  CAFÉ\u200b ')).toEqual([2, 8, 3]);
});

test('a sign is a word by itself', () => {
  expect(split("I'm")).toEqual([2, 10, 9, 11, 3]);
  expect(split('free-free')).toEqual([2, 4, 12, 4, 3]);
});

test('a word with a part that it does not know is unknown as a whole', () => {
  expect(split('freeday freezing 中文')).toEqual([2, 4, 5, 1, 1, 3]);
  expect(split(`free ${'free'.repeat(30)}`)).toEqual([2, 4, 1, 3]);
});

test('a long sentence is cut, not its end mark', () => {
  expect(split('free free free free free free')).toEqual([2, 4, 4, 4, 4, 3]);
});

test('refuses a vocabulary without marks', () => {
  expect(() => createWordSplitter(new Map([['free', 0]]), 6)).toThrow('[CLS]');
});
