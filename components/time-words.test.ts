import { describe, expect, it } from 'vitest';
import { chargedText, clockText, lengthText } from '@/components/time-words';

describe('clockText', () => {
  it.each([
    [0, '0:00'],
    [9.9, '0:09'],
    [65, '1:05'],
    [600, '10:00'],
    [3725, '1:02:05'],
    [-3, '0:00'],
  ])('%d s is %s', (seconds, text) => expect(clockText(seconds)).toBe(text));
});

describe('lengthText', () => {
  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [134, '2 min 14 s'],
    [3600, '1 h'],
    [7260, '2 h 1 min'],
  ])('%d s is %s', (seconds, text) => expect(lengthText(seconds)).toBe(text));
});

it('what an attempt took', () => {
  expect(chargedText(300)).toBe(
    'A call that didn’t start took 5 min of today’s time, which was set aside for it.',
  );
});
