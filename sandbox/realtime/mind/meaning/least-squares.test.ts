import { expect, test } from 'vitest';
import type { Sense } from '../../media/interfaces.ts';
import { fitLabels } from './least-squares.ts';

/** The first number is what all sentences have in common, the others what they are about. */
const sense = (...numbers: number[]): Sense => {
  const length = Math.hypot(...numbers);
  return Float32Array.from(numbers, (one) => one / length);
};

test('an example fits its label, and the label of another does not', async () => {
  const learned = await fitLabels([
    { label: 'book', sense: sense(3, 1, 0, 0) },
    { label: 'book', sense: sense(3, 1, 0.2, 0) },
    { label: 'cancel', sense: sense(3, 0, 1, 0) },
    { label: 'remark', sense: sense(3, 0, 0, 1) },
  ]);
  const fits = learned(sense(3, 1, 0.1, 0));
  expect(fits.get('book')).toBeGreaterThan((fits.get('cancel') ?? 0) + 0.1);
  expect(fits.get('book')).toBeGreaterThan((fits.get('remark') ?? 0) + 0.1);
});

test('what all examples share does not count, however much of it a sentence has', async () => {
  const examples = [
    ...Array.from({ length: 8 }, (_, index) => ({ label: 'remark', sense: sense(3, 0, index / 20, 1) })),
    { label: 'book', sense: sense(3, 1, 0, 0) },
    { label: 'cancel', sense: sense(3, 0, 1, 0) },
  ];
  const fits = (await fitLabels(examples))(sense(1, 0, 0, 0));
  const [best = 0, second = 0] = [...fits.values()].toSorted((a, b) => b - a);
  expect(best - second).toBeLessThan(0.2);
  expect(best).toBeLessThan(0.5);
});

test('the audio gets its turn while it learns', async () => {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  const examples = Array.from({ length: 300 }, (_, index) => ({
    label: `label ${index % 8}`,
    sense: Float32Array.from({ length: 512 }, (_, place) => Math.sin(index * 31 + place * 7)),
  }));
  await fitLabels(examples);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(20);
});
