import { emptyInspect, type InspectState, type InspectStepName } from '@/lib/client/inspect/inspect-state';
import { logEvent } from '@/lib/client/inspect/log';
import { countUsage } from '@/lib/client/inspect/usage';
import type { Writable } from '@/lib/client/state/observable';

const MAX_REQUESTS = 100;

/** Records what a developer may want to see of a call: names and times, never words. */
export interface InspectRecorder {
  /** A new call begins: forgets the one before. */
  restart(): void;
  /** Measures a part of connecting that runs beside others. */
  measure<Result>(name: InspectStepName, work: Promise<Result>): Promise<Result>;
  /** The next of the parts that follow each other is done. */
  passed(name: InspectStepName): void;
  connected(): void;
  /** The user is heard on this side. */
  heard(): void;
  received(raw: unknown): void;
  sent(type: string): void;
  /**
   * A request has ended. `status` is `null` without a response. `beganMs` is on this browser's clock. `code`: why it was
   * refused.
   */
  requested(method: string, path: string, status: number | null, beganMs: number, code?: string | null): void;
}

export function createInspectRecorder(store: Writable<InspectState>, now: () => number): InspectRecorder {
  let startMs = now();
  let lastStepMs = 0;
  let heardAtMs: number | null = null;

  const elapsed = (atMs = now()) => Math.round(atMs - startMs);
  const change = (part: Partial<InspectState>) => store.set({ ...store.getState(), ...part });
  const addStep = (name: InspectStepName, beginMs: number) => {
    // Only the first connection of a call counts.
    if (store.getState().connectMs !== null) return;
    change({ steps: [...store.getState().steps, { name, beginMs, endMs: elapsed() }] });
  };

  return {
    restart() {
      startMs = now();
      lastStepMs = 0;
      heardAtMs = null;
      store.set(emptyInspect);
    },
    measure(name, work) {
      const beginMs = elapsed();
      const done = () => {
        addStep(name, beginMs);
        lastStepMs = elapsed();
      };
      work.then(done, () => {});
      return work;
    },
    passed(name) {
      addStep(name, lastStepMs);
      lastStepMs = elapsed();
    },
    connected: () => change({ connectMs: elapsed() }),
    heard() {
      heardAtMs = elapsed();
    },
    received(raw) {
      const atMs = elapsed();
      store.set(countUsage(logEvent(store.getState(), 'server', raw, atMs), raw, atMs, heardAtMs));
    },
    sent: (type) => store.set(logEvent(store.getState(), 'client', { type }, elapsed())),
    requested(method, path, status, beganMs, code = null) {
      const { requests } = store.getState();
      const id = (requests.at(-1)?.id ?? 0) + 1;
      const ms = Math.round(now() - beganMs);
      const request = { id, atMs: elapsed(beganMs), method, path, status, code, ms };
      change({ requests: [...requests, request].slice(-MAX_REQUESTS) });
    },
  };
}
