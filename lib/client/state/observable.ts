/** A value that can be watched, in the shape that React's `useSyncExternalStore` reads. */
export interface Observable<Value> {
  getState(): Value;
  /** The returned function stops watching. */
  subscribe(listener: () => void): () => void;
}

export interface Writable<Value> extends Observable<Value> {
  /** Notifies the listeners when the value is a different one. */
  set(next: Value): void;
  hasListeners(): boolean;
}

export function createObservable<Value>(initial: Value): Writable<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    getState: () => value,
    set(next) {
      if (next === value) return;
      value = next;
      for (const listener of listeners) listener();
    },
    hasListeners: () => listeners.size > 0,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
