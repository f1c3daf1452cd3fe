import { expect, test } from 'vitest';
import type { Pcm48k } from '../interfaces.ts';
import { Decimator } from './decimate.ts';

function tone(hertz: number, samples = 9_600): Pcm48k {
  return Int16Array.from(
    { length: samples },
    (_, index) => 16_384 * Math.sin((2 * Math.PI * hertz * index) / 48_000),
  );
}

/** Loudness of the steady part, in dB relative to the input. */
function gainDb(hertz: number): number {
  const output = new Decimator().push(tone(hertz)).slice(200, -200);
  const power = output.reduce((sum, sample) => sum + sample * sample, 0) / output.length;
  return 10 * Math.log10(power / (0.5 ** 2 / 2) + 1e-12);
}

test.each([100, 1_000, 3_000, 6_000])('passes speech at %i Hz', (hertz) => {
  expect(Math.abs(gainDb(hertz))).toBeLessThan(0.5);
});

test.each([9_500, 12_000, 15_000, 20_000])('removes %i Hz, which would alias', (hertz) => {
  expect(gainDb(hertz)).toBeLessThan(-50);
});

test('pieces of any size give the same result as the whole', () => {
  const input = tone(700);
  const whole = new Decimator().push(input);
  const decimator = new Decimator();
  const pieces: number[] = [];
  for (let at = 0, size = 1; at < input.length; at += size, size = (size * 7) % 1_013) {
    pieces.push(...decimator.push(input.slice(at, at + size)));
  }
  expect(pieces).toEqual(Array.from(whole));
});
