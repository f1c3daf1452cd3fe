import { expect, test } from 'vitest';
import type { Pcm48k } from '../interfaces.ts';
import { Echo } from './echo.ts';

const frame = (level: number): Pcm48k => new Int16Array(960).fill(level);

test('the microphone picks up what was played, delayed and quieter, on top of what it hears', () => {
  const echo = new Echo({ delayMs: 100, gainDb: -20 });
  const levels: number[] = [];
  for (let count = 0; count < 8; count++) {
    echo.played(count === 0 ? frame(10_000) : null);
    levels.push(echo.pickedUp(frame(7))[0] ?? 0);
  }
  expect(levels).toEqual([7, 7, 7, 7, 7, 1_007, 7, 7]);
});

test('a microphone that stops for a while does not hear the past', () => {
  const echo = new Echo({ delayMs: 20, gainDb: 0 });
  for (let count = 1; count <= 100; count++) echo.played(frame(count));
  expect(echo.pickedUp(frame(0))[0]).toBeGreaterThan(90);
});

test('the sum is clipped and does not wrap', () => {
  const echo = new Echo({ delayMs: 0, gainDb: 0 });
  echo.played(frame(30_000));
  expect(echo.pickedUp(frame(30_000))[0]).toBe(32_767);
});

test('a browser that has heard enough of its loudspeaker cancels it; silence teaches nothing', () => {
  const echo = new Echo({ delayMs: 0, gainDb: 0, learnedMs: 40 });
  const heard = [null, frame(1), null, frame(2), frame(3), frame(4)].map((played) => {
    echo.played(played);
    return echo.pickedUp(frame(0))[0];
  });
  expect(heard).toEqual([0, 1, 0, 2, 0, 0]);
});
