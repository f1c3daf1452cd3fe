import type { Interruption } from '@/lib/client/state/call-state';

/** Where an interruption shows: the microphone's track is muted, the sound is paused, or all sound of the page stops. */
type Sign = 'microphone' | 'playback' | 'page';

/** Adds up the signs that the system took something from a call. Calls back whenever the sum changes. */
export function createInterruptions(onChange: (interruption: Interruption | null) => void) {
  const signs = new Set<Sign>();
  let last: Interruption | null = null;

  const sum = (): Interruption | null => {
    if (signs.has('microphone')) return 'microphone';
    return signs.size > 0 ? 'sound' : null;
  };
  return {
    current: () => last,
    has: (sign: Sign) => signs.has(sign),
    mark(sign: Sign, isThere: boolean): void {
      if (isThere) signs.add(sign);
      else signs.delete(sign);
      const next = sum();
      if (next === last) return;
      last = next;
      onChange(next);
    },
  };
}
