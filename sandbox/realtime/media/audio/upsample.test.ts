import { expect, test } from 'vitest';
import { upsample } from './upsample.ts';

const tone = (hertz: number, rate: number, seconds = 0.2) =>
  Float32Array.from(
    { length: rate * seconds },
    (_, index) => 0.5 * Math.sin((2 * Math.PI * hertz * index) / rate),
  );

test.each([
  [16_000, 1_000],
  [16_000, 5_000],
  [22_050, 3_000],
  [32_000, 8_000],
])('a tone at %i Hz sampling keeps its shape', (fromHz, hertz) => {
  const actual = upsample(tone(hertz, fromHz), fromHz, 48_000);
  const ideal = tone(hertz, 48_000);
  expect(actual.length).toBe(ideal.length);
  let error = 0;
  // Away from the ends, where the filter sees nothing.
  for (let index = 100; index < ideal.length - 100; index++) {
    error = Math.max(error, Math.abs((actual[index] ?? 0) - (ideal[index] ?? 0)));
  }
  expect(error).toBeLessThan(0.002);
});

test('the same rate is a copy; a lower one is refused', () => {
  const samples = tone(100, 48_000);
  expect(upsample(samples, 48_000, 48_000)).toEqual(samples);
  expect(() => upsample(samples, 48_000, 16_000)).toThrow(RangeError);
});
