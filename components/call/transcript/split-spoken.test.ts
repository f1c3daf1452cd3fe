import { expect, it } from 'vitest';
import { splitSpoken } from '@/components/call/transcript/split-spoken';

it.each([
  ['Good morning', 0, '', 'Good morning'],
  ['Good morning', 1, 'Good', ' morning'],
  ['Good morning', 4, 'Good', ' morning'],
  ['Good morning', 5, 'Good morning', ''],
  ['Good morning', 99, 'Good morning', ''],
  ['', 3, '', ''],
])('%j, %d characters in: %j was heard', (text, chars, spoken, unspoken) =>
  expect(splitSpoken(text, chars)).toEqual({ spoken, unspoken }),
);
