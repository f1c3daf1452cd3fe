/** Ends a wait that has not come to its end. */
export type Cancel = () => void;

interface Wait {
  dueAtMs: number;
  act: () => void;
  timer: NodeJS.Timeout;
}

/**
 * The time of calls and secrets. Tests move it forward: what falls due on the way happens at once, in order, as if the
 * time had passed.
 */
export class Clock {
  #aheadMs = 0;
  readonly #waits = new Set<Wait>();

  /** Unix milliseconds. */
  now(): number {
    return Date.now() + this.#aheadMs;
  }

  /** How far it was moved. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** Calls `act` after this long. */
  after(ms: number, act: () => void): Cancel {
    const wait: Wait = { dueAtMs: this.now() + ms, act, timer: setTimeout(() => this.#end(wait), ms) };
    this.#waits.add(wait);
    return () => this.#forget(wait);
  }

  /** Resolves after this long, or when the signal aborts. */
  async delay(ms: number, signal: AbortSignal): Promise<void> {
    if (ms <= 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const cancel = this.after(ms, resolve);
      signal.addEventListener(
        'abort',
        () => {
          cancel();
          resolve();
        },
        { once: true },
      );
    });
  }

  /** Moves the time forward. */
  advance(ms: number): void {
    this.#aheadMs += ms;
    for (const wait of [...this.#waits].sort((one, other) => one.dueAtMs - other.dueAtMs)) {
      if (!this.#waits.has(wait)) continue;
      if (wait.dueAtMs <= this.now()) this.#end(wait);
      else {
        clearTimeout(wait.timer);
        wait.timer = setTimeout(() => this.#end(wait), wait.dueAtMs - this.now());
      }
    }
  }

  #end(wait: Wait): void {
    this.#forget(wait);
    wait.act();
  }

  #forget(wait: Wait): void {
    clearTimeout(wait.timer);
    this.#waits.delete(wait);
  }
}
