const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A package runner may pass on a Ctrl-C that the terminal has sent already. */
const SAME_KEY_PRESS_MS = 1_000;

export interface Shutdown {
  /** Registers something to stop. The last registered stops first. */
  add(stop: () => Promise<void>): void;
  /** Stops everything and ends the process. Only the first call counts. */
  stop(exitCode: number): void;
  /** Aborted as soon as stopping begins. */
  readonly signal: AbortSignal;
}

/** Ends the process in order: on Ctrl-C, on a signal, or when asked to. A second Ctrl-C ends it at once. */
export function createShutdown(): Shutdown {
  const stops: (() => Promise<void>)[] = [];
  const controller = new AbortController();
  let stoppingSinceMs: number | undefined;

  async function stopAll(exitCode: number): Promise<void> {
    let code = exitCode;
    for (const stop of stops.reverse()) {
      await stop().catch((error: unknown) => {
        console.error(error);
        code = 1;
      });
    }
    process.exit(code);
  }
  const stop = (exitCode: number): void => {
    if (stoppingSinceMs !== undefined) return;
    stoppingSinceMs = performance.now();
    controller.abort();
    void stopAll(exitCode);
  };

  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (stoppingSinceMs !== undefined && performance.now() - stoppingSinceMs > SAME_KEY_PRESS_MS)
        process.exit(1);
      stop(0);
    });
  }

  return { add: (one) => stops.push(one), stop, signal: controller.signal };
}
