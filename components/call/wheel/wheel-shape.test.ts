import { describe, expect, it } from 'vitest';
import type { VisualMode } from '@/components/call/wheel/visual-mode';
import {
  ECHO_LENGTH,
  type Echo,
  framesPerSecond,
  SPOKES,
  shapeSpoke,
} from '@/components/call/wheel/wheel-shape';

const MODES: VisualMode[] = [
  'resting',
  'connecting',
  'listening',
  'hearing',
  'thinking',
  'speaking',
  'asking',
  'trouble',
  'quiet',
];
const loud: Echo = {
  user: new Float32Array(ECHO_LENGTH).fill(1),
  agent: new Float32Array(ECHO_LENGTH).fill(1),
};
const shapeAll = (mode: VisualMode, seconds = 1, echo = loud) =>
  Array.from({ length: SPOKES }, (_, index) => shapeSpoke(mode, index, seconds, echo));

describe.each(MODES)('%s', (mode) => {
  it('stays on the canvas however loud it gets', () => {
    for (const { outward, inward, agent, user } of shapeAll(mode)) {
      expect(0.7 + outward).toBeLessThan(0.99);
      expect(0.7 - inward).toBeGreaterThan(0.3);
      for (const tint of [agent, user]) expect(tint).toBeGreaterThanOrEqual(0);
      for (const tint of [agent, user]) expect(tint).toBeLessThanOrEqual(1);
    }
  });

  it('differs from every other mode when nothing moves', () => {
    const still = { user: new Float32Array(ECHO_LENGTH), agent: new Float32Array(ECHO_LENGTH) };
    const own = JSON.stringify(shapeAll(mode, 0, still));
    for (const other of MODES.filter((one) => one !== mode)) {
      expect(JSON.stringify(shapeAll(other, 0, still))).not.toBe(own);
    }
  });
});

it('brings the agent’s sound in at the top and the user’s at the bottom', () => {
  const fresh = Float32Array.from({ length: ECHO_LENGTH }, (_, age) => (age === 0 ? 1 : 0));
  const echo = { user: fresh, agent: fresh };
  const [top, bottom] = [0, SPOKES / 2];
  expect(shapeSpoke('speaking', top, 0, echo).outward).toBeGreaterThan(
    shapeSpoke('speaking', bottom, 0, echo).outward,
  );
  expect(shapeSpoke('hearing', bottom, 0, echo).inward).toBeGreaterThan(
    shapeSpoke('hearing', top, 0, echo).inward,
  );
});

it('draws rarely in silence, and once a second with reduced motion', () => {
  expect(framesPerSecond('resting', false)).toBeLessThanOrEqual(15);
  expect(framesPerSecond('speaking', true)).toBe(1);
});
