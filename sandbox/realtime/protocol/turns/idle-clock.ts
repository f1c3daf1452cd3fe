import type { Cancel, Clock } from '../clock.ts';

/** Measures silence with one timer. */
export class IdleClock {
  readonly #clock: Clock;
  readonly #onIdle: () => void;
  #cancel: Cancel | null = null;

  constructor(clock: Clock, onIdle: () => void) {
    this.#clock = clock;
    this.#onIdle = onIdle;
  }

  start(timeoutMs: number): void {
    this.stop();
    this.#cancel = this.#clock.after(timeoutMs, this.#onIdle);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
