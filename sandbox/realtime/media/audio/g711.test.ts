import { expect, test } from 'vitest';
import { decodeG711, encodeG711, type G711Law } from './g711.ts';

const samples = Int16Array.from({ length: 65_536 }, (_, index) => index - 32_768);

/** Values of ITU-T G.711, tables 1 and 2, as 16 bit samples. */
test.each<[G711Law, number, number]>([
  ['u', 0xff, 0],
  ['u', 0x80, 32_124],
  ['u', 0x00, -32_124],
  ['a', 0xd5, 8],
  ['a', 0x55, -8],
  ['a', 0xaa, 32_256],
  ['a', 0x2a, -32_256],
])('%s-law 0x%s is the sample %i', (law, byte, sample) => {
  expect([...decodeG711(Uint8Array.of(byte), law)]).toEqual([sample]);
  expect([...encodeG711(Int16Array.of(sample), law)]).toEqual([byte]);
});

test.each<G711Law>(['u', 'a'])('every sample survives %s-law within a step of its loudness', (law) => {
  const after = decodeG711(encodeG711(samples, law), law);
  const worst = samples.reduce((most, sample, index) => {
    const clipped = Math.max(-32_124, Math.min(32_256, sample));
    return Math.max(most, Math.abs((after[index] ?? 0) - clipped) / Math.max(16, Math.abs(sample) / 16));
  }, 0);
  expect(worst).toBeLessThanOrEqual(1);
});
