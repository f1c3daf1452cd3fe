import type { LiveCallState } from '@/lib/client/state/call-state';

/** Amplitudes, 0…1: the user talks; and a stillness that no working microphone reaches (-80 dB). */
const SPEECH_AMPLITUDE = 0.01;
const DEAD_AMPLITUDE = 0.0001;
const MUTED_SPEECH_MS = 800;
/** A hint stays this long after the talking has stopped. */
const HINT_STAYS_MS = 3_000;
const NO_SOUND_MS = 8_000;

/** Returns whether this amplitude is that of somebody who talks; `null`: nobody measures. */
export const isSpeech = (amplitude: number | null): boolean =>
  amplitude !== null && amplitude > SPEECH_AMPLITUDE;

export interface SoundSample {
  atMs: number;
  /** Of the user's side, 0…1. `null`: nobody measures, so nothing is concluded. */
  amplitude: number | null;
  microphone: LiveCallState['microphone'];
  turn: LiveCallState['turn'];
  /** The server has heard the user in this call: the microphone works. */
  wasHeard: boolean;
}

/** Returns a function that turns samples into a hint: the user talks while muted, or the microphone picks up nothing. */
export function createSoundHints(): (sample: SoundSample) => LiveCallState['hint'] {
  let lastMs: number | null = null;
  let talkedMs = 0;
  let flatMs = 0;
  let hintUntilMs = 0;

  return ({ atMs, amplitude, microphone, turn, wasHeard }) => {
    // A clock may be set back.
    const passedMs = lastMs === null ? 0 : Math.max(0, atMs - lastMs);
    lastMs = atMs;

    // The loudspeaker is in the microphone too, so nothing is concluded while the agent speaks.
    const talks = microphone === 'muted' && turn !== 'agent_speaking' && isSpeech(amplitude);
    // Speech has gaps between syllables: it builds up fast and fades slowly.
    talkedMs = Math.max(0, talkedMs + (talks ? passedMs : -passedMs / 2));
    if (microphone !== 'muted') hintUntilMs = talkedMs = 0;
    if (talkedMs >= MUTED_SPEECH_MS) {
      talkedMs = MUTED_SPEECH_MS;
      hintUntilMs = atMs + HINT_STAYS_MS;
    }

    const isDead = amplitude !== null && amplitude < DEAD_AMPLITUDE;
    const isFlat = microphone === 'on' && turn === 'listening' && isDead && !wasHeard;
    flatMs = isFlat ? flatMs + passedMs : 0;

    if (atMs < hintUntilMs && hintUntilMs <= atMs + HINT_STAYS_MS) return 'muted_speech';
    return flatMs >= NO_SOUND_MS ? 'no_sound' : null;
  };
}
