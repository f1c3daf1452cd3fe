import { afterEach, beforeEach, vi } from 'vitest';

/** Stops the clock for the tests of a file, or of a `describe`: time passes when they say so. Promises go on. */
export function stopClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}
