import type { LiveCallState } from '@/lib/client/state/call-state';

/** Nobody has spoken for so long: first the call asks, then it ends. */
const OPEN_MICROPHONE = { asksAfterMs: 30_000, endsAfterMs: 60_000 };
/** A user who types, is muted or holds a key is quiet on purpose, and so is one whose device took the microphone. */
const QUIET = { asksAfterMs: 120_000, endsAfterMs: 180_000 };

/** A device that slept was not quiet: a longer pause between two readings counts as this much. A clock set back as none. */
const MOST_BETWEEN_READINGS_MS = 2_000;

export type Presence = 'present' | 'asked' | 'gone';

/** Notices that nobody is there any more: neither a voice, nor a hand on the page. */
export interface IdleWatch {
  /** The user pressed a key, or touched the page. */
  touched(): void;
  read(call: LiveCallState, atMs: number): Presence;
}

/** Nobody is waited for while somebody speaks, thinks or must decide, or while there is no connection. */
const isBusy = ({ turn, approval, link, microphone }: LiveCallState) =>
  turn !== 'listening' || approval !== null || link === 'reconnecting' || microphone === 'held';

export function createIdleWatch(): IdleWatch {
  let lastMs: number | null = null;
  let quietMs = 0;
  return {
    touched() {
      quietMs = 0;
    },
    read(call, atMs) {
      const readMs = lastMs === null ? 0 : atMs - lastMs;
      const passedMs = Math.max(0, Math.min(readMs, MOST_BETWEEN_READINGS_MS));
      lastMs = atMs;
      quietMs = isBusy(call) ? 0 : quietMs + passedMs;
      const isOpen = call.microphone === 'on' && call.interruption === null;
      const { asksAfterMs, endsAfterMs } = isOpen ? OPEN_MICROPHONE : QUIET;
      if (quietMs >= endsAfterMs) return 'gone';
      return quietMs >= asksAfterMs ? 'asked' : 'present';
    },
  };
}
