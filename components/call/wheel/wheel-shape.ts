import type { VisualMode } from '@/components/call/wheel/visual-mode';

/** Number of spokes. Even, so that both halves mirror each other. */
export const SPOKES = 72;

/** One spoke: lengths as shares of the wheel's radius, tints from 0 to 1. */
export interface Spoke {
  outward: number;
  inward: number;
  /** Share of the agent's colour. */
  agent: number;
  /** Share of the user's colour. */
  user: number;
}

/** Loudness from 0 to 1, newest first: a sound enters at one end of the wheel and travels round both sides. */
export interface Echo {
  user: ArrayLike<number>;
  agent: ArrayLike<number>;
}

/** Number of samples in an {@link Echo}: one for each spoke of a half. */
export const ECHO_LENGTH = SPOKES / 2 + 1;

const REST: Spoke = { outward: 0.03, inward: 0.03, agent: 0, user: 0 };
const TURN = Math.PI * 2;

/** Brightness of a light that runs round the wheel: 1 at its head, falling to 0 along its tail. */
function comet(index: number, seconds: number, secondsPerTurn: number, tail: number, heads = 1): number {
  const position = (index / SPOKES) * heads;
  const head = (seconds / secondsPerTurn) * heads;
  const behind = (((head - position) % 1) + 1) % 1;
  return Math.max(0, 1 - behind / tail);
}

/** Distance from the top of the wheel in spokes: 0 there, `SPOKES / 2` at the bottom. */
const fromTop = (index: number) => Math.min(index, SPOKES - index);

function speakingSpoke(loudness: number): Spoke {
  return { outward: 0.04 + loudness * 0.24, inward: 0.03 + loudness * 0.06, agent: 1, user: 0 };
}

function userSpoke(loudness: number, tint: number): Spoke {
  return { outward: 0.03 + loudness * 0.05, inward: 0.03 + loudness * 0.28, agent: 0, user: tint };
}

/**
 * Returns the target shape of spoke `index` (0 at the top, clockwise). The user's sound grows inward and enters at the
 * bottom; the agent's grows outward and enters at the top.
 */
export function shapeSpoke(mode: VisualMode, index: number, seconds: number, echo: Echo): Spoke {
  const depth = fromTop(index);
  switch (mode) {
    case 'resting': {
      const breath = 0.5 + 0.5 * Math.sin(seconds * 0.9 - (depth / SPOKES) * TURN);
      return { outward: 0.03 + breath * 0.035, inward: 0.03, agent: 0.25 + breath * 0.35, user: 0 };
    }
    case 'connecting': {
      const light = comet(index, seconds, 1.4, 0.6);
      return { outward: 0.03 + light * 0.05, inward: 0.03, agent: light, user: 0 };
    }
    case 'asking': {
      const long = index % 6 === 0;
      return { outward: long ? 0.1 : 0.03, inward: 0.03, agent: long ? 1 : 0.2, user: 0 };
    }
    case 'thinking': {
      const light = comet(index, seconds, 3.2, 0.7, 2);
      return { outward: 0.03, inward: 0.03 + light * 0.06, agent: light, user: 0 };
    }
    case 'listening':
      return userSpoke(echo.user[SPOKES / 2 - depth] ?? 0, 0.45);
    case 'hearing':
      return userSpoke(0.08 + (echo.user[SPOKES / 2 - depth] ?? 0) * 0.92, 1);
    case 'speaking':
      return speakingSpoke(echo.agent[depth] ?? 0);
    case 'trouble':
      return index % 3 === 0 ? { outward: 0, inward: 0, agent: 0, user: 0 } : REST;
    case 'quiet':
      return REST;
  }
}

/** Returns the frames per second that a mode needs to look smooth. */
export function framesPerSecond(mode: VisualMode, still: boolean): number {
  if (still) return 1;
  switch (mode) {
    case 'resting':
      return 6;
    case 'trouble':
    case 'quiet':
    case 'asking':
    // The machine has better things to do: drawing at the display's pace would delay what is being waited for.
    case 'connecting':
      return 20;
    case 'listening':
    case 'thinking':
      return 30;
    case 'hearing':
    case 'speaking':
      return 60;
  }
}
