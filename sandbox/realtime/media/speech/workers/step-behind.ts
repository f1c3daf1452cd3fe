import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Halfway to the lowest priority. */
const NICENESS = 10;

/**
 * Gives every other thread of the process priority on a busy machine: late audio is lost, late words are not.
 * Only Linux has priorities for each thread; elsewhere this does nothing.
 */
export function stepBehind(): void {
  if (process.platform !== 'linux') return;
  try {
    const threadId = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    setPriority(threadId, NICENESS);
  } catch {
    // A container may hide /proc or forbid it. Speech then competes with audio.
  }
}
