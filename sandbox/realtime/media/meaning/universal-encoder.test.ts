import { beforeAll, expect, test } from 'vitest';
import type { Sense } from '../interfaces.ts';
import type { EncodeSentence } from './sentence-encoder.ts';
import { loadUniversalEncoder } from './universal-encoder.ts';

let encode: EncodeSentence;
beforeAll(async () => {
  encode = await loadUniversalEncoder();
}, 60_000);

const product = (a: Sense, b: Sense): number => a.reduce((sum, one, index) => sum + one * (b[index] ?? 0), 0);

// What TensorFlow.js calculates from the same files.
test.each([
  ['could you squeeze me in on friday', [-0.00315, 0.02756, -0.03647, -0.06859, 0.01311, -0.04686]],
  ['größe 12 🙂 ok', [-0.02768, 0.01811, -0.05362, -0.00374, -0.05445, 0.04785]],
  ['what is free on friday for a tune-up', [0.04097, -0.04835, 0.05581, 0.06169, 0.03723, 0.02709]],
])('calculates the same vector as the original: %s', async (sentence, first) => {
  const sense = await encode(sentence);
  expect(sense).toHaveLength(512);
  expect(product(sense, sense)).toBeCloseTo(1, 4);
  for (const [index, value] of first.entries()) expect(sense[index]).toBeCloseTo(value, 3);
});
