import { expect, it } from 'vitest';
import { measureAmplitude, toLoudness } from '@/lib/client/audio/levels';

it('measures the effective amplitude', () => {
  expect(measureAmplitude(new Float32Array(64))).toBe(0);
  expect(measureAmplitude(new Float32Array(64).fill(0.5))).toBeCloseTo(0.5);
  expect(measureAmplitude(Float32Array.from({ length: 4_800 }, (_, i) => Math.sin(i / 10)))).toBeCloseTo(
    Math.SQRT1_2,
    2,
  );
});

it.each([
  [0, 0],
  [0.001, 0],
  [0.01, 0.417],
  [0.1, 0.833],
  [0.5, 1],
])('an amplitude of %d is %d loud', (amplitude, expected) => {
  expect(toLoudness(amplitude)).toBeCloseTo(expected, 2);
});
