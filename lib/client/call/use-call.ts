import { useSyncExternalStore } from 'react';
import type { CallStore } from '@/lib/client/call/call-store';
import type { CallState } from '@/lib/client/state/call-state';

/** Reads a part of the call's state; renders when that part changes. `select` must return a part of the state. */
export function useCall<Part>(store: CallStore, select: (state: CallState) => Part): Part {
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.getState()),
    () => select(store.getInitialState()),
  );
}
