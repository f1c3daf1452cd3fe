import { expect, test } from 'vitest';
import { scaleTop, toBars } from '@/components/console/spend/spend-bars';

const days = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    day: new Date(Date.UTC(2031, 0, 1 + i)).toISOString().slice(0, 10),
    calls: 1,
    seconds: 10,
    microUsd: 100,
  }));

test('a month has a bar for each day', () => {
  const bars = toBars(days(30));
  expect(bars).toHaveLength(30);
  expect(bars.at(-1)).toMatchObject({ from: '2031-01-30', to: '2031-01-30', calls: 1 });
});

test('400 days have a bar for each week; the last ends with the last day, and none is lost', () => {
  const bars = toBars(days(400));
  expect(bars).toHaveLength(58);
  expect(bars.at(-1)).toMatchObject({ from: '2032-01-29', to: '2032-02-04', calls: 7 });
  expect(bars[0]).toMatchObject({ calls: 1 });
  expect(bars.reduce((sum, { microUsd }) => sum + microUsd, 0)).toBe(40_000);
});

test.each([
  [0, 10_000],
  [9_000, 10_000],
  [10_001, 20_000],
  [4_100_000, 5_000_000],
  [5_100_000, 10_000_000],
])('the scale for %i ends at %i', (microUsd, top) => {
  expect(scaleTop(microUsd)).toBe(top);
});
