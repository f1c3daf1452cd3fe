import { expect, test } from 'vitest';
import { startPacer } from './pacer.ts';

/** Runs a pacer for `count` calls. Returns when each came and what it skipped. */
function pace(count: number, onFrame: (index: number) => void = () => {}) {
  return new Promise<{ at: number; skipped: number }[]>((resolve) => {
    const startedAt = performance.now();
    const frames: { at: number; skipped: number }[] = [];
    const pacer = startPacer((skipped) => {
      frames.push({ at: performance.now() - startedAt, skipped });
      onFrame(frames.length);
      if (frames.length < count) return;
      pacer.stop();
      resolve(frames);
    });
  });
}

const timePassed = (frames: { skipped: number }[]) =>
  frames.reduce((sum, { skipped }) => sum + 20 * (1 + skipped), 0);

test('keeps pace with the clock', async () => {
  const frames = await pace(25);
  const last = frames.at(-1)?.at ?? 0;
  expect(last).toBeGreaterThanOrEqual(timePassed(frames));
  expect(last).toBeLessThan(timePassed(frames) + 150);
});

test('skips what a stall of the process missed, instead of sending it in a burst', async () => {
  const frames = await pace(15, (index) => {
    if (index === 5) blockFor(400);
  });
  expect(Math.max(...frames.map(({ skipped }) => skipped))).toBeGreaterThanOrEqual(15);
  const afterStall = frames.slice(5);
  const spread = (afterStall.at(-1)?.at ?? 0) - (afterStall[0]?.at ?? 0);
  expect(spread).toBeGreaterThan(100);
});

function blockFor(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}
