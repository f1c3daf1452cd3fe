import { expect, it } from 'vitest';
import { fineUsdText, median, msText, ninetieth } from '@/components/inspect/inspect-words';

it('writes times and money as developers read them', () => {
  expect(msText(84.4)).toBe('84 ms');
  expect(msText(1234)).toBe('1.23 s');
  expect(fineUsdText(1234)).toBe('$0.0012');
});

it('takes the median, and what nine in ten do not exceed', () => {
  expect(median([])).toBeNull();
  expect(median([900, 300])).toBe(600);
  expect(median([900, 100, 300])).toBe(300);
  expect(ninetieth([])).toBeNull();
  expect(ninetieth([700])).toBe(700);
  expect(ninetieth([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])).toBe(9);
});
