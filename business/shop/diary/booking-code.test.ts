import { expect, test } from 'vitest';
import { bookingCode, findByCode } from '@/business/shop/diary/booking-code';

test('thousands of codes are used before one returns', () => {
  const codes = new Set(Array.from({ length: 8000 }, (_, n) => bookingCode(n)));
  expect(codes.size).toBe(8000);
});

test('a code is a word and a number that are hard to mishear', () => {
  for (let n = 0; n < 10_000; n++) expect(bookingCode(n)).toMatch(/^[a-z]{4,9} [2-9][1-9]$/);
});

test('neighbours do not look alike', () => {
  expect(bookingCode(1).split(' ')[0]).not.toBe(bookingCode(2).split(' ')[0]);
});

const items = [{ code: 'amber 42' }, { code: 'amber 57' }, { code: 'falcon 91' }];

test.each([
  ['amber 42', 'amber 42'],
  ['Amber forty-two.', 'amber 42'],
  ['amber four two', 'amber 42'],
  ['my code is amber fifty seven please', 'amber 57'],
  ['the falcon one', 'falcon 91'],
  ['ninety one', 'falcon 91'],
  ['my code is 91', 'falcon 91'],
  ['nine one', 'falcon 91'],
  ['falcon 19', 'falcon 91'],
  ['ember 42', 'amber 42'],
  ['the amber one', undefined],
  ['zebra 77', undefined],
  ['falcon 42', undefined],
  ['Friday 42', undefined],
  ['42 November', undefined],
  ['at 42', undefined],
  ['book it for 42 people', undefined],
  ['my appointment', undefined],
  ['', undefined],
])('"%s" finds %s', (said, code) => {
  expect(findByCode(items, said)?.code).toBe(code);
});
