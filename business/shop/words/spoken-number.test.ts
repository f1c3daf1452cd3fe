import { expect, test } from 'vitest';
import { numbersAsDigits, withOrdinalEnding } from '@/business/shop/words/spoken-number';

test.each([
  ['Half past TEN', 'half past 10'],
  ['the twenty-third of November', 'the 23rd of november'],
  ['the twentieth', 'the 20th'],
  ['the third', 'the 3rd'],
  ['amber forty two', 'amber 42'],
  ['amber four two', 'amber 4 2'],
  ['ten thirty', '10 30'],
  ['twenty five to four', '25 to 4'],
  ['fourteen hundred', '1400'],
  ['no numbers here', 'no numbers here'],
  ['  ', ''],
])('"%s" is "%s"', (said, digits) => {
  expect(numbersAsDigits(said)).toBe(digits);
});

test('ordinal endings', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30, 31].map(withOrdinalEnding).join(' ')).toBe(
    '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 30th 31st',
  );
});
