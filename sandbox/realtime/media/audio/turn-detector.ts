/** What a scored frame means for the turn. Positions are in samples since the start of the call. */
export type TurnEvent =
  | { kind: 'started'; startsAt: number }
  | { kind: 'pausing'; speechEndsAt: number }
  | { kind: 'resumed' }
  | { kind: 'stopped'; speechEndsAt: number };

export interface TurnDetectorOptions {
  silenceSamples: number;
  threshold: number;
}

const SAMPLES_PER_MS = 16;
/** Two frames in a row: a click or a cough is shorter. */
const ONSET_SAMPLES = 64 * SAMPLES_PER_MS;
/**
 * As much as the recogniser needs after the last word. Earlier is better: if the user goes on, only a guess
 * is lost.
 */
const PAUSING_SAMPLES = 120 * SAMPLES_PER_MS;
const MAX_TURN_SAMPLES = 30_000 * SAMPLES_PER_MS;
/** Speech ends at a lower probability than it starts, so that soft syllables do not end it. */
const HYSTERESIS = 0.15;

type State =
  | { kind: 'quiet'; speechSamples: number }
  | { kind: 'speaking'; startsAt: number; silenceSamples: number; isPausing: boolean };

/** Decides from the probability of speech in each frame when a turn begins, pauses and ends. */
export class TurnDetector {
  options: TurnDetectorOptions;
  #state: State = { kind: 'quiet', speechSamples: 0 };

  constructor(options: TurnDetectorOptions) {
    this.options = options;
  }

  /** The user is speaking at this moment, and not pausing. */
  get isVoiced(): boolean {
    return this.#state.kind === 'speaking' && this.#state.silenceSamples === 0;
  }

  /** `probability` belongs to the frame that ends at position `end`. */
  judge(probability: number, frameSamples: number, end: number): TurnEvent | null {
    return this.#state.kind === 'quiet'
      ? this.#whileQuiet(this.#state, probability, frameSamples, end)
      : this.#whileSpeaking(this.#state, probability, frameSamples, end);
  }

  #whileQuiet(state: State & { kind: 'quiet' }, probability: number, frameSamples: number, end: number) {
    state.speechSamples = probability > this.options.threshold ? state.speechSamples + frameSamples : 0;
    if (state.speechSamples < ONSET_SAMPLES) return null;
    const startsAt = end - state.speechSamples;
    this.#state = { kind: 'speaking', startsAt, silenceSamples: 0, isPausing: false };
    return { kind: 'started', startsAt } as const;
  }

  #whileSpeaking(
    state: State & { kind: 'speaking' },
    probability: number,
    frameSamples: number,
    end: number,
  ) {
    const isSilent = probability < Math.max(0.05, this.options.threshold - HYSTERESIS);
    state.silenceSamples = isSilent ? state.silenceSamples + frameSamples : 0;
    const speechEndsAt = end - state.silenceSamples;
    if (state.silenceSamples >= this.options.silenceSamples || end - state.startsAt >= MAX_TURN_SAMPLES) {
      this.#state = { kind: 'quiet', speechSamples: 0 };
      return { kind: 'stopped', speechEndsAt } as const;
    }
    if (state.isPausing && state.silenceSamples === 0) {
      state.isPausing = false;
      return { kind: 'resumed' } as const;
    }
    if (state.isPausing || state.silenceSamples < PAUSING_SAMPLES) return null;
    state.isPausing = true;
    return { kind: 'pausing', speechEndsAt } as const;
  }
}
