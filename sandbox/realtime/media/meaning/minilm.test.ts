import { beforeAll, expect, test } from 'vitest';
import type { Sense } from '../interfaces.ts';
import { loadMiniLm } from './minilm.ts';

let encode: (sentence: string) => Promise<Sense>;
beforeAll(async () => {
  encode = await loadMiniLm();
}, 60_000);

const product = (a: Sense, b: Sense): number => a.reduce((sum, one, index) => sum + one * (b[index] ?? 0), 0);

// Calculated from the same file in 64 bits, without quantizing: the greatest numbers of each vector.
test.each<[string, Record<number, number>]>([
  ['this is an example sentence', { 296: -0.1844, 351: 0.1525, 209: -0.1508, 64: 0.1412, 145: 0.1293 }],
  ['could you squeeze me in on friday', { 156: 0.2321, 30: -0.156, 311: 0.1537, 250: 0.1361, 218: -0.133 }],
  ['is my car ready to be picked up', { 289: -0.2141, 267: 0.1467, 371: -0.146, 315: 0.1353, 287: -0.1232 }],
])('calculates much the same vector as the original: %s', async (sentence, greatest) => {
  const sense = await encode(sentence);
  expect(sense).toHaveLength(384);
  expect(product(sense, sense)).toBeCloseTo(1, 4);
  for (const [place, value] of Object.entries(greatest)) {
    expect(Math.abs((sense[Number(place)] ?? 0) - value)).toBeLessThan(0.015);
  }
});

test('sentences are as near to each other as for the original', async () => {
  const [asked, alike, other] = await Promise.all(
    ['when can i collect my car', 'is my car ready to be picked up', 'could you squeeze me in on friday'].map(
      encode,
    ),
  );
  if (!asked || !alike || !other) throw new Error('Three sentences have three senses.');
  expect(Math.abs(product(asked, alike) - 0.5975)).toBeLessThan(0.01);
  expect(Math.abs(product(asked, other) - 0.171)).toBeLessThan(0.01);
  expect(Math.abs(product(alike, other) - 0.1718)).toBeLessThan(0.01);
});
