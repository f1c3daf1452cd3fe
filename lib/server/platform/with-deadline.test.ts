import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withDeadline } from '@/lib/server/platform/with-deadline';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const tooLate = () => {
  throw new Error('too late');
};

test('returns what the work returns, throws what it throws, and leaves no timer behind', async () => {
  await expect(withDeadline(Promise.resolve('done'), 1000, tooLate)).resolves.toBe('done');
  await expect(withDeadline(Promise.reject(new Error('broken')), 1000, tooLate)).rejects.toThrow('broken');
  expect(vi.getTimerCount()).toBe(0);
});

test('late work is replaced, and its own result is ignored', async () => {
  const late = new Promise<string>((_, reject) => {
    setTimeout(() => reject(new Error('broken, but unused')), 2000);
  });
  const replaced = withDeadline(late, 1000, () => 'instead');
  const refused = expect(withDeadline(late, 1000, tooLate)).rejects.toThrow('too late');
  await vi.advanceTimersByTimeAsync(1000);
  expect(await replaced).toBe('instead');
  await refused;
  await vi.advanceTimersByTimeAsync(2000);
});
