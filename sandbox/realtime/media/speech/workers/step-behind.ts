import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Half of the way to the least urgent. */
const NICENESS = 10;

/**
 * Lets every other thread of the process go first on a busy machine: sound that is late is lost, words that are late are
 * not. Only Linux gives threads priorities of their own; elsewhere nothing happens.
 */
export function stepBehind(): void {
  if (process.platform !== 'linux') return;
  try {
    const threadId = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    setPriority(threadId, NICENESS);
  } catch {
    // A container may hide /proc or forbid it. The words then compete with the sound.
  }
}
