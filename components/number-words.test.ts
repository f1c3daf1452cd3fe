import { expect, it } from 'vitest';
import { countText } from '@/components/number-words';

it.each([
  [0, '0'],
  [999, '999'],
  [1_234_567, '1,234,567'],
])('writes %d as %s', (count, text) => {
  expect(countText(count)).toBe(text);
});
