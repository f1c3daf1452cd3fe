import { expect, test } from 'vitest';
import { createTokenBuckets } from '@/lib/server/http/limits/token-buckets';

test('as many as there are tokens pass at once, the next one waits for a token, and a minute fills the bucket', () => {
  const buckets = createTokenBuckets();
  const take = (nowMs: number) => buckets.take('ann', 6, nowMs);
  for (let count = 0; count < 6; count++) expect(take(0)).toBe(0);
  expect(take(0)).toBeCloseTo(10);
  expect(take(4_000)).toBeCloseTo(6);
  expect(take(10_000)).toBe(0);
  expect(take(10_000)).toBeCloseTo(10);
  for (let count = 0; count < 6; count++) expect(take(70_000)).toBe(0);
  expect(take(70_000)).toBeGreaterThan(0);
});

test('keys do not share a bucket', () => {
  const buckets = createTokenBuckets();
  expect(buckets.take('ann', 1, 0)).toBe(0);
  expect(buckets.take('bob', 1, 0)).toBe(0);
  expect(buckets.take('ann', 1, 0)).toBeGreaterThan(0);
});

test('a clock that is put back gives no tokens and takes none', () => {
  const buckets = createTokenBuckets();
  expect(buckets.take('ann', 2, 60_000)).toBe(0);
  expect(buckets.take('ann', 2, 0)).toBe(0);
  expect(buckets.take('ann', 2, 0)).toBeGreaterThan(0);
});

test('many strangers do not fill the memory, and do not free one who keeps asking', () => {
  const buckets = createTokenBuckets();
  buckets.take('ann', 1, 0);
  for (let stranger = 0; stranger < 20_000; stranger++) {
    buckets.take(`stranger ${stranger}`, 1, 0);
    if (stranger % 1_000 === 0) expect(buckets.take('ann', 1, 0)).toBeGreaterThan(0);
  }
});
