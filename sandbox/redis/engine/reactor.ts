/** Limit of event-loop passes in one step, so that a busy engine does not block the process. */
const MAX_PASSES = 256;
/** Valkey's own timer: expiry, client timeouts. */
const TICK_MS = 100;

export interface Reactor {
  /** Schedules a step; several events in one tick share it. */
  schedule(): void;
  stop(): void;
}

/**
 * Drives the engine's event loop. `runPass` returns how many events it handled; it runs until none are left,
 * because Valkey flushes the replies of one pass at the start of the next: with a single pass for each event,
 * every reply would wait for the timer. `onCrash` is called once, if a pass throws.
 */
export function createReactor(runPass: () => number, onCrash: (cause: unknown) => void): Reactor {
  let scheduled = false;
  let running = true;

  const stop = () => {
    running = false;
    clearInterval(timer);
  };
  const step = () => {
    if (!running) return;
    try {
      let passes = 0;
      while (passes < MAX_PASSES && runPass() > 0) passes += 1;
      if (passes === MAX_PASSES) setImmediate(step);
    } catch (cause) {
      stop();
      onCrash(cause);
    }
  };
  const timer = setInterval(step, TICK_MS);

  return {
    schedule: () => {
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(() => {
        scheduled = false;
        step();
      });
    },
    stop,
  };
}
