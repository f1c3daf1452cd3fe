/** Measures silence with one timer. */
export class IdleClock {
  #onIdle: () => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(onIdle: () => void) {
    this.#onIdle = onIdle;
  }

  start(timeoutMs: number): void {
    this.stop();
    this.#timer = setTimeout(this.#onIdle, timeoutMs);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
