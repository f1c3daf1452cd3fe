import { expect, test } from 'vitest';
import { createSplitter, type Piece } from './sentence-pieces.ts';

const MARKS: Piece[] = ['unknown', '<s>', '</s>', 'one', 'two', 'three'].map((text) => [text, 0]);
const split = createSplitter([
  ...MARKS,
  ['\u2581', -6],
  ['\u2581free', -5],
  ['\u2581fr', -7],
  ['ee', -4],
  ['day', -5],
  ['\u2581friday', -12],
  ['i', -6],
]);

test('prefers the most probable pieces to the longest', () => {
  expect(split('free')).toEqual([7]);
  expect(split('friday')).toEqual([11]);
  expect(split('frday')).toEqual([8, 10]);
});

test('what it does not know is one unknown piece', () => {
  expect(split('free 中文')).toEqual([7, 6, 0]);
});

test('spaces and full-width letters do not matter', () => {
  expect(split('  ｆｒｅｅ   free ')).toEqual([7, 7]);
});
