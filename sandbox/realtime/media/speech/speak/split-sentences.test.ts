import { expect, test } from 'vitest';
import { splitSentences } from './split-sentences.ts';

const texts = (text: string) => splitSentences(text).map((sentence) => sentence.text);

test.each([
  ['Hello. How are you? Fine!', ['Hello.', 'How are you?', 'Fine!']],
  ['He said "yes." Then he left.', ['He said "yes."', 'Then he left.']],
  ['One line\nanother line', ['One line', 'another line']],
  ['Ash Lane Garage, the workshop', ['Ash Lane Garage, the workshop']],
  ['... !', []],
  ['', []],
])('%j', (text, expected) => {
  expect(texts(text)).toEqual(expected);
});

test('long sentences are cut at commas, or else between words', () => {
  const pieces = texts(`${'a word '.repeat(18)}ends here, ${'and then '.repeat(40)}stops.`);
  expect(pieces.length).toBeGreaterThan(2);
  for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(160);
  expect(pieces[0]).toMatch(/here,$/);
});

test('a pause follows each sentence; the last one is short', () => {
  expect(splitSentences('One. Two.').map(({ pauseMs }) => pauseMs)).toEqual([280, 60]);
});
