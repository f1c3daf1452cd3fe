import { expect, test } from 'vitest';
import { SoundRing } from './sound-ring.ts';

const numbers = (from: number, to: number) =>
  Float32Array.from({ length: to - from }, (_, index) => from + index);

test('returns by absolute position what it still keeps', () => {
  const ring = new SoundRing(10);
  ring.append(numbers(0, 4));
  ring.append(numbers(4, 13));
  expect(ring.end).toBe(13);
  expect(ring.read(5, 8)).toEqual(numbers(5, 8));
  expect(ring.read(0, 13)).toEqual(numbers(3, 13));
  expect(ring.read(11, 99)).toEqual(numbers(11, 13));
  expect(ring.read(20, 30)).toEqual(numbers(0, 0));
});

test('keeps what is still needed beyond its size, and no more afterwards', () => {
  const ring = new SoundRing(10, 30);
  ring.append(numbers(0, 8), 0);
  ring.append(numbers(8, 25), 2);
  expect(ring.read(0, 25)).toEqual(numbers(0, 25));
  ring.append(numbers(25, 27), 20);
  expect(ring.read(0, 27)).toEqual(numbers(17, 27));
});

test('what is needed has a limit', () => {
  const ring = new SoundRing(10, 20);
  ring.append(numbers(0, 50), 0);
  expect(ring.read(0, 50)).toEqual(numbers(30, 50));
});

test('accepts more at once than it holds', () => {
  const ring = new SoundRing(4);
  ring.append(numbers(0, 3));
  ring.append(numbers(3, 12));
  expect(ring.read(0, 12)).toEqual(numbers(8, 12));
});
