import type { LiveCallState } from '@/lib/client/state/call-state';

/** Amplitudes, 0…1. Somebody talks; and no microphone in any room is as still as this (-80 dB). */
const SPEECH_AMPLITUDE = 0.01;
const DEAD_AMPLITUDE = 0.0001;
const MUTED_SPEECH_MS = 800;
/** A hint stays this long after the talking stopped. */
const HINT_STAYS_MS = 3_000;
const NO_SOUND_MS = 8_000;

export interface SoundSample {
  atMs: number;
  /** Of the person's side, 0…1. */
  amplitude: number;
  microphone: LiveCallState['microphone'];
  turn: LiveCallState['turn'];
  /** The server has heard the person in this call: their microphone works. */
  wasHeard: boolean;
}

/** Notices that the person talks while muted, or that the microphone brings nothing at all. Feed it samples. */
export function createSoundHints(): (sample: SoundSample) => LiveCallState['hint'] {
  let lastMs: number | null = null;
  let talkedMs = 0;
  let flatMs = 0;
  let hintUntilMs = 0;

  return ({ atMs, amplitude, microphone, turn, wasHeard }) => {
    const passedMs = lastMs === null ? 0 : atMs - lastMs;
    lastMs = atMs;

    // The loudspeaker is in the microphone too, so nothing is concluded while the agent speaks.
    const talks = microphone === 'muted' && turn !== 'agent_speaking' && amplitude > SPEECH_AMPLITUDE;
    // Speech has gaps between syllables: it builds up fast and fades slowly.
    talkedMs = Math.max(0, talkedMs + (talks ? passedMs : -passedMs / 2));
    if (microphone !== 'muted') hintUntilMs = talkedMs = 0;
    if (talkedMs >= MUTED_SPEECH_MS) {
      talkedMs = MUTED_SPEECH_MS;
      hintUntilMs = atMs + HINT_STAYS_MS;
    }

    const isFlat = microphone === 'on' && turn === 'listening' && amplitude < DEAD_AMPLITUDE && !wasHeard;
    flatMs = isFlat ? flatMs + passedMs : 0;

    if (atMs < hintUntilMs) return 'muted_speech';
    return flatMs >= NO_SOUND_MS ? 'no_sound' : null;
  };
}
