import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clock } from './clock.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('what falls due on the way happens at once and in order; the rest keeps what is left', () => {
  const clock = new Clock();
  const happened: string[] = [];
  clock.after(3_000, () => happened.push('second'));
  clock.after(1_000, () => happened.push('first'));
  clock.after(10_000, () => happened.push('third'));
  clock.after(2_000, () => happened.push('never'))();
  const before = clock.now();
  clock.advance(4_000);
  expect(happened).toEqual(['first', 'second']);
  expect(clock.now()).toBe(before + 4_000);
  vi.advanceTimersByTime(5_999);
  expect(happened).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(happened).toEqual(['first', 'second', 'third']);
});

test('a delay ends with the time or with its signal', async () => {
  const clock = new Clock();
  const abort = new AbortController();
  const moved = clock.delay(60_000, new AbortController().signal);
  clock.advance(60_000);
  await moved;
  const aborted = clock.delay(60_000, abort.signal);
  abort.abort();
  await aborted;
  expect(vi.getTimerCount()).toBe(0);
});
