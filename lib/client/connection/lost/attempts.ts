import type { Reconnect } from '@/lib/client/state/call-state';

/**
 * The pause before the first attempt, and after each refusal. The first is short, because it also learns that the call was
 * hung up: who was cut off should read so within two seconds.
 */
const PAUSES_MS = [500, 2_000, 4_000];
/** After one attempt without an answer, two, and more: a network that is back is noticed within the last. */
const SILENT_PAUSES_MS = [1_000, 2_000, 4_000];
/** At random, up to this part more: it keeps many clients from coming at once. */
const JITTER = 0.25;
/**
 * How long a call may live without sound. A lift or a short tunnel takes less; after a minute of silence people take the
 * other side for gone, and the minute is charged.
 */
const SOUNDLESS_LIMIT_MS = 60_000;

/** What came of the attempts at another connection so far. */
export interface Attempts {
  /** Refused. Only these are counted: who refuses twice will do so again. */
  refused: number;
  /** In a row, the last ones, without an answer: they say nothing about the call, only about the network. */
  silent: number;
  /** No attempt begins later. */
  untilMs: number;
}

/** Returns the attempts at a connection that was lost just now: none. */
export const beginAttempts = (lostAtMs: number): Attempts => ({
  refused: 0,
  silent: 0,
  untilMs: lostAtMs + SOUNDLESS_LIMIT_MS,
});

export function countAttempt(attempts: Attempts, outcome: 'refused' | 'silent'): Attempts {
  return outcome === 'refused'
    ? { ...attempts, refused: attempts.refused + 1, silent: 0 }
    : { ...attempts, silent: attempts.silent + 1 };
}

/** Returns the pause before the next attempt; `null`: there is no other. `random` is 0…1. */
export function pauseBefore({ refused, silent, untilMs }: Attempts, nowMs: number, random: number) {
  const pauseMs = silent > 0 ? (SILENT_PAUSES_MS[silent - 1] ?? SILENT_PAUSES_MS.at(-1)) : PAUSES_MS[refused];
  if (pauseMs === undefined) return null;
  const jitteredMs = pauseMs * (1 + JITTER * random);
  return nowMs + jitteredMs < untilMs ? jitteredMs : null;
}

/** Returns what the screen shows of the next attempt. `retryAtMs`: `null` once it is under way. */
export const showAttempt = (
  { refused, silent }: Attempts,
  isOnline: boolean,
  retryAtMs: number | null,
): Reconnect => ({
  attempt: refused + 1,
  maxAttempts: PAUSES_MS.length,
  retryAtMs,
  isSilent: silent > 0 || !isOnline,
});
