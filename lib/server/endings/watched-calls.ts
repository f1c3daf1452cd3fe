// Tested in sweep.test.
import 'server-only';
import { processState } from '@/lib/server/platform/process-state';

/** A timer of Node fires at once if it should wait longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const timers = processState('watched-calls', () => new Map<string, NodeJS.Timeout>());

/** Runs `work` once at a time, unless the call is watched anew or no longer. Only in this process. */
export function watchCall(callId: string, atMs: number, work: () => void): void {
  unwatchCall(callId);
  const waitMs = Math.min(LONGEST_TIMER_MS, Math.max(0, atMs - Date.now()));
  const timer = setTimeout(() => {
    timers.delete(callId);
    work();
  }, waitMs);
  timers.set(callId, timer.unref());
}

/** The call has ended: nothing is to be done at its deadline. */
export function unwatchCall(callId: string): void {
  clearTimeout(timers.get(callId));
  timers.delete(callId);
}

/** Returns whether this process knows of an open call. */
export const isWatching = (): boolean => timers.size > 0;
