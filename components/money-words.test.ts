import { expect, it } from 'vitest';
import { estimateNote, estimateText } from '@/components/money-words';

it.each([
  [0, 'nothing'],
  [9_999, 'under $0.01'],
  [10_000, 'about $0.01'],
  [34_400, 'about $0.03'],
  [1_995_000, 'about $2.00'],
])('%i micro-USD is %s', (microUsd, text) => {
  expect(estimateText(microUsd)).toBe(text);
});

it('says who pays', () => {
  expect(estimateNote(true)).toContain('cost nothing');
  expect(estimateNote(false)).toContain('not you');
});
