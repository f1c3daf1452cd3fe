// Tested in sweep.test.
import 'server-only';
import { processState } from '@/lib/server/platform/process-state';

/** Node's timers fire at once if they are to wait longer than this. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const timers = processState('watched-calls', () => new Map<string, NodeJS.Timeout>());

/** Runs `work` at the given time, unless the call is watched anew or has ended by then. Only in this process. */
export function watchCall(callId: string, atMs: number, work: () => void): void {
  unwatchCall(callId);
  const waitMs = Math.min(LONGEST_TIMER_MS, Math.max(0, atMs - Date.now()));
  const timer = setTimeout(() => {
    timers.delete(callId);
    work();
  }, waitMs);
  timers.set(callId, timer.unref());
}

/** Forgets a call that has ended. */
export function unwatchCall(callId: string): void {
  clearTimeout(timers.get(callId));
  timers.delete(callId);
}

/** Returns whether this process watches an open call. */
export const isWatching = (): boolean => timers.size > 0;
