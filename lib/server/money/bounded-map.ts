// Tested in calls/command-cost.test.
import 'server-only';

/** Strangers decide how many entries there are, so the number is bounded. */
const MOST_ENTRIES = 10_000;

/** A map that drops expired entries, or if need be all of them, before it grows beyond its bound. */
export class BoundedMap<Value> extends Map<string, Value> {
  readonly #isOver: (value: Value) => boolean;

  constructor(isOver: (value: Value) => boolean) {
    super();
    this.#isOver = isOver;
  }

  override set(key: string, value: Value): this {
    if (this.size >= MOST_ENTRIES) this.#makeRoom();
    return super.set(key, value);
  }

  #makeRoom(): void {
    for (const [key, value] of this) if (this.#isOver(value)) this.delete(key);
    if (this.size >= MOST_ENTRIES) this.clear();
  }
}
