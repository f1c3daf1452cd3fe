const TICK_MS = 10;

/**
 * How long something took, and `ownMs`: without the time for which a busy machine gave this process no turn. What
 * must be quick is measured by the second, what must not be early by the first. The watch starts before the work does.
 */
export async function stopwatch(work: () => Promise<unknown>): Promise<{ elapsedMs: number; ownMs: number }> {
  // Timers count from the beginning of their turn of the event loop, which may be long ago.
  await new Promise(setImmediate);
  const startedAt = performance.now();
  let lastTickAt = startedAt;
  let stoodStillMs = 0;
  const look = () => {
    const now = performance.now();
    stoodStillMs += Math.max(0, now - lastTickAt - 2 * TICK_MS);
    lastTickAt = now;
  };
  const ticking = setInterval(look, TICK_MS);
  try {
    await work();
  } finally {
    clearInterval(ticking);
  }
  look();
  const elapsedMs = performance.now() - startedAt;
  return { elapsedMs, ownMs: elapsedMs - stoodStillMs };
}
