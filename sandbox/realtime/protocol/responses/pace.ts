import { setTimeout as delay } from 'node:timers/promises';

/** How fast the emulated model writes. Tests write without pauses. */
export interface Pace {
  /** Shortest and longest pause between two text deltas, in milliseconds. */
  deltaMs: readonly [number, number];
  /** Pause after an audio delta, which holds 200 ms of speech; on WebSockets only. */
  audioDeltaMs: number;
}

/** Recorded deltas came 5 to 100 ms apart: much faster than speech. */
export const REAL_PACE: Pace = { deltaMs: [5, 20], audioDeltaMs: 40 };
export const NO_PAUSES: Pace = { deltaMs: [0, 0], audioDeltaMs: 0 };

/** Waits between two deltas; also ends, without an error, when the signal aborts. */
export async function pauseBetweenDeltas(pace: Pace, signal: AbortSignal): Promise<void> {
  const [shortest, longest] = pace.deltaMs;
  if (longest === 0) return;
  const ms = shortest + Math.random() * (longest - shortest);
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
