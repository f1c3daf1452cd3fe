import { beforeAll, expect, test } from 'vitest';
import type { Sense } from '../interfaces.ts';
import { type EncodeSentence, loadSentenceEncoder } from './sentence-encoder.ts';

let encode: EncodeSentence;
beforeAll(async () => {
  encode = await loadSentenceEncoder();
}, 60_000);

const product = (a: Sense, b: Sense): number => a.reduce((sum, one, index) => sum + one * (b[index] ?? 0), 0);

// What TensorFlow.js calculates from the same files.
test.each([
  ['Could you squeeze me in on Friday?', [-0.00315, 0.02756, -0.03647, -0.06859, 0.01311, -0.04686]],
  ['Größe 12 🙂 ok', [-0.02768, 0.01811, -0.05362, -0.00374, -0.05445, 0.04785]],
  ['what is free on friday for a tune-up', [0.04097, -0.04835, 0.05581, 0.06169, 0.03723, 0.02709]],
])('calculates the same vector as the original: %s', async (sentence, first) => {
  const sense = await encode(sentence);
  expect(sense).toHaveLength(512);
  expect(product(sense, sense)).toBeCloseTo(1, 4);
  for (const [index, value] of first.entries()) expect(sense[index]).toBeCloseTo(value, 3);
});

test('sentences that mean much the same are nearer than others', async () => {
  const [asked, alike, other] = await Promise.all(
    ['When can I collect my car?', 'Is my car ready to be picked up?', 'She plays the violin.'].map(encode),
  );
  if (!asked || !alike || !other) throw new Error('Three sentences have three senses.');
  expect(product(asked, alike)).toBeGreaterThan(product(asked, other) + 0.3);
});
