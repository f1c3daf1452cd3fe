import type { SpeechInputOptions } from '../../media/interfaces.ts';
import type { Session } from './session.ts';

/**
 * Semantic detection waits by eagerness; a user who sounds finished gets a response after this much silence.
 */
const SEMANTIC_SILENCE_MS = { high: 350, medium: 500, auto: 500, low: 900 } as const;

/** The session's turn detection as options of the voice activity detector. */
export function speechInputOptions(session: Session): SpeechInputOptions {
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

/** The longest that semantic detection waits for the rest of a sentence, by eagerness (OpenAI's guide to VAD). */
const LONGEST_WAIT_MS = { high: 2_000, medium: 4_000, auto: 4_000, low: 8_000 } as const;
/** No sentence ends with one of these. */
const UNFINISHED =
  /\b(and|or|but|because|so|the|an?|my|your|to|for|from|on|at|in|of|with|is|are|was|would|like|want|need|i|um|uh|er|hmm|maybe|next|half|quarter)[\s,.…-]*$/i;

/**
 * Semantic detection only: the options to wait longer, when the words so far sound unfinished; otherwise
 * `null`.
 */
export function waitsForMore(session: Session, text: string): SpeechInputOptions | null {
  const detection = session.audio.input.turn_detection;
  if (detection?.type !== 'semantic_vad' || !UNFINISHED.test(text)) return null;
  return { ...speechInputOptions(session), silenceMs: LONGEST_WAIT_MS[detection.eagerness ?? 'auto'] };
}
