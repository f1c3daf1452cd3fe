const tickMs = 10;
const frameMs = 20;
/** After a longer stall of the event loop the missed frames are given up: sending them late only adds delay at the listener. */
const maxDebtFrames = 5;
const maxFramesPerTick = 2;

export interface Pacer {
  stop(): void;
}

/**
 * Calls `onFrame` once for every 20 ms of wall clock time, never in a burst. `skippedFrames` counts frames given up
 * just before this one, so that the sender can move its timestamps on.
 */
export function startPacer(onFrame: (skippedFrames: number) => void): Pacer {
  const startedAt = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.floor((performance.now() - startedAt) / frameMs);
    const debt = due - sent;
    const skipped = debt > maxDebtFrames ? debt - 1 : 0;
    sent += skipped;
    for (let count = 0; sent < due && count < maxFramesPerTick; count++) {
      sent++;
      onFrame(count === 0 ? skipped : 0);
    }
  }, tickMs);
  return { stop: () => clearInterval(timer) };
}
