import { beforeAll, expect, test } from 'vitest';
import type { Sense } from '../interfaces.ts';
import { loadMiniLm } from './minilm.ts';
import { type EncodeSentence, loadSentenceEncoder } from './sentence-encoder.ts';
import { loadUniversalEncoder } from './universal-encoder.ts';

let encode: EncodeSentence;
beforeAll(async () => {
  encode = await loadSentenceEncoder();
}, 60_000);

const product = (a: Sense, b: Sense): number => a.reduce((sum, one, index) => sum + one * (b[index] ?? 0), 0);

test('a sense says what both encoders say, the second two fifths of it', async () => {
  const [first, second] = ['when can i collect my car', 'she plays the violin'] as const;
  const [universal, miniLm] = await Promise.all([loadUniversalEncoder(), loadMiniLm()]);
  const wanted =
    0.6 * product(await universal(first), await universal(second)) +
    0.4 * product(await miniLm(first), await miniLm(second));
  expect(product(await encode(first), await encode(second))).toBeCloseTo(wanted, 4);
  expect(product(await encode(first), await encode(first))).toBeCloseTo(1, 4);
});

test('sentences that mean much the same are nearer than others', async () => {
  const [asked, alike, other] = await Promise.all(
    ['When can I collect my car?', 'Is my car ready to be picked up?', 'She plays the violin.'].map(encode),
  );
  if (!asked || !alike || !other) throw new Error('Three sentences have three senses.');
  expect(product(asked, alike)).toBeGreaterThan(product(asked, other) + 0.3);
});

test('how a sentence is written does not matter', async () => {
  expect(await encode('When can I collect my car?')).toEqual(await encode('when can i collect my car'));
});
