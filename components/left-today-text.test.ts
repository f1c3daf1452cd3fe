import { describe, expect, it } from 'vitest';
import { leftTodayText } from '@/components/left-today-text';

describe('leftTodayText', () => {
  it.each([
    [1799, '29 min left today'],
    [60, '1 min left today'],
    [59, '59 s left today'],
    [0, 'No minutes left today'],
    [-5, 'No minutes left today'],
    [null, 'We can’t read your minutes right now'],
  ])('%d s is "%s"', (seconds, text) => expect(leftTodayText(seconds)).toBe(text));
});
