const TICK_MS = 10;
const FRAME_MS = 20;
/**
 * After a longer stall of the event loop the missed frames are skipped: sent late, they would only delay what
 * follows.
 */
const MAX_DEBT_FRAMES = 5;
const MAX_FRAMES_PER_TICK = 2;

export interface Pacer {
  stop(): void;
}

/**
 * Calls `onFrame` once for every 20 ms of wall clock time, never in a burst. `skippedFrames` counts the
 * frames skipped just before this one, so that the sender can advance its timestamps.
 */
export function startPacer(onFrame: (skippedFrames: number) => void): Pacer {
  const startedAt = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.floor((performance.now() - startedAt) / FRAME_MS);
    const debt = due - sent;
    const skipped = debt > MAX_DEBT_FRAMES ? debt - 1 : 0;
    sent += skipped;
    for (let count = 0; sent < due && count < MAX_FRAMES_PER_TICK; count++) {
      sent++;
      onFrame(count === 0 ? skipped : 0);
    }
  }, TICK_MS);
  return { stop: () => clearInterval(timer) };
}
