const TICK_MS = 10;

/**
 * Returns how long `work` took, and `ownMs`: that time without the pauses in which a busy machine did not run this
 * process. Assert upper bounds on `ownMs` and lower bounds on `elapsedMs`. The watch starts before the work.
 */
export async function stopwatch(work: () => Promise<unknown>): Promise<{ elapsedMs: number; ownMs: number }> {
  // Timers count from the beginning of their turn of the event loop, which may have been long ago.
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
