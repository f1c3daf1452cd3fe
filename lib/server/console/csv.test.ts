import { expect, test } from 'vitest';
import { toCsv } from '@/lib/server/console/csv';

test.each([
  ['a comma', 'Ann, twice', '"Ann, twice"'],
  ['a quote', 'the "desk"', '"the ""desk"""'],
  ['a line break', 'one\ntwo', '"one\ntwo"'],
  ['a formula', '=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['a sum', '+1', "'+1"],
  ['a minus', '-1', "'-1"],
  ['a function', '@SUM(A1)', "'@SUM(A1)"],
  ['a tab in front', '\t=1', "'\t=1"],
  ['a return in front', '\r=1', '"\'\r=1"'],
  ['plain words', 'Front desk', 'Front desk'],
])('a text with %s is shown and never run', (_, text, cell) => {
  expect(toCsv([[text, 7]])).toBe(`${cell},7\r\n`);
});

test('a negative number stays a number', () => {
  expect(toCsv([[-1, 0.5]])).toBe('-1,0.5\r\n');
});
