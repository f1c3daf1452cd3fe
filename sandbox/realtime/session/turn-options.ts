import type { EarsOptions } from '../media.ts';
import type { Session } from './session.ts';

/** Semantic detection waits by eagerness; a person who sounds finished is answered after this much silence. */
const SEMANTIC_SILENCE_MS = { high: 350, medium: 500, auto: 500, low: 900 } as const;

/** How the session's turn detection looks to the voice activity detector. */
export function earsOptions(session: Session): EarsOptions {
  const detection = session.audio.input.turn_detection;
  if (detection?.type !== 'server_vad') {
    const silenceMs = SEMANTIC_SILENCE_MS[detection?.eagerness ?? 'auto'];
    return { silenceMs, threshold: 0.5, prefixPaddingMs: 300 };
  }
  return {
    silenceMs: detection.silence_duration_ms ?? 500,
    threshold: detection.threshold ?? 0.5,
    prefixPaddingMs: detection.prefix_padding_ms ?? 300,
  };
}
