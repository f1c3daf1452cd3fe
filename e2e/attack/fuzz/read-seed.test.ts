import { expect, test } from 'vitest';
import { readSeed } from './read-seed.ts';

test('the seed is the same in every run, unless a run asks for another', () => {
  expect(readSeed(undefined)).toBe(readSeed(undefined));
  expect(readSeed('17')).toBe(17);
  expect(readSeed('fresh')).toBeGreaterThanOrEqual(0);
  expect(() => readSeed('often')).toThrow('PARLEY_FUZZ_SEED');
});
