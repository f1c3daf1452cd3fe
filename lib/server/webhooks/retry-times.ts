import 'server-only';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The waits that Standard Webhooks 1.0.0 proposes after the first attempt, each counted from the one before. */
const WAITS_MS = [
  5000,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** Longer than all of these together: a message that nobody takes is deleted then. */
export const KEEP_MESSAGE_SECONDS = (4 * 24 * HOUR_MS) / 1000;

/**
 * Returns when a message of this time is tried next, or `null` when it is given up. The age says which attempt it is, so
 * nothing has to be counted; an attempt that came late takes the place of those that it missed.
 */
export function nextAttemptMs(firstMs: number, nowMs: number, askedWaitMs: number): number | null {
  let atMs = firstMs;
  for (const waitMs of WAITS_MS) {
    atMs += waitMs;
    if (atMs > nowMs) return Math.max(atMs, nowMs + askedWaitMs);
  }
  return null;
}
