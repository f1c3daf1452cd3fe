/** What a scored frame means for the turn. Positions are in samples since the start of the call. */
export type TurnEvent =
  | { kind: 'started'; startsAt: number }
  | { kind: 'pausing'; speechEndsAt: number; certainty: number }
  | { kind: 'resumed' }
  | { kind: 'stopped'; speechEndsAt: number; certainty: number };

export interface TurnDetectorOptions {
  silenceSamples: number;
  threshold: number;
}

const SAMPLES_PER_MS = 16;
/**
 * A turn begins with frames that are surely speech, or with more of them that are likely to be. Beeps, instruments, breath
 * and keys pass the threshold, but seldom go further and never for long; of ten turns of speech, nine begin as soon as by
 * the threshold alone, or one frame later.
 */
const SURE = { certainty: 0.5, samples: 64 * SAMPLES_PER_MS } as const;
const LIKELY = { certainty: 0.2, samples: 128 * SAMPLES_PER_MS } as const;
/**
 * As much as the recogniser needs after the last word. Earlier is better: if the user goes on, only a guess
 * is lost.
 */
const PAUSING_SAMPLES = 120 * SAMPLES_PER_MS;
const MAX_TURN_SAMPLES = 30_000 * SAMPLES_PER_MS;
/** Speech ends at a lower probability than it starts, so that soft syllables do not end it. */
const HYSTERESIS = 0.15;

/** Samples since the probability was last below the threshold. */
interface Onset {
  samples: number;
  sureSamples: number;
  likelySamples: number;
}

const NO_ONSET: Onset = { samples: 0, sureSamples: 0, likelySamples: 0 };

type State =
  | { kind: 'quiet'; onset: Onset }
  | {
      kind: 'speaking';
      startsAt: number;
      silenceSamples: number;
      isPausing: boolean;
      /** The probabilities of the frames that are not silent, for their mean. */
      voiced: { sum: number; frames: number };
    };

/** Decides from the probability of speech in each frame when a turn begins, pauses and ends. */
export class TurnDetector {
  options: TurnDetectorOptions;
  #state: State = { kind: 'quiet', onset: NO_ONSET };

  constructor(options: TurnDetectorOptions) {
    this.options = options;
  }

  /** Forgets the turn in progress: what follows is another. */
  reset(): void {
    this.#state = { kind: 'quiet', onset: NO_ONSET };
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
    const { threshold } = this.options;
    const certainty = (probability - threshold) / (1 - threshold);
    state.onset =
      probability > threshold
        ? {
            samples: state.onset.samples + frameSamples,
            sureSamples: state.onset.sureSamples + (certainty >= SURE.certainty ? frameSamples : 0),
            likelySamples: state.onset.likelySamples + (certainty >= LIKELY.certainty ? frameSamples : 0),
          }
        : NO_ONSET;
    const { samples, sureSamples, likelySamples } = state.onset;
    if (sureSamples < SURE.samples && likelySamples < LIKELY.samples) return null;
    const startsAt = end - samples;
    const voiced = { sum: 0, frames: 0 };
    this.#state = { kind: 'speaking', startsAt, silenceSamples: 0, isPausing: false, voiced };
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
    if (!isSilent) {
      state.voiced.sum += probability;
      state.voiced.frames += 1;
    }
    const certainty = state.voiced.frames > 0 ? state.voiced.sum / state.voiced.frames : 0;
    const speechEndsAt = end - state.silenceSamples;
    if (state.silenceSamples >= this.options.silenceSamples || end - state.startsAt >= MAX_TURN_SAMPLES) {
      this.#state = { kind: 'quiet', onset: NO_ONSET };
      return { kind: 'stopped', speechEndsAt, certainty } as const;
    }
    if (state.isPausing && state.silenceSamples === 0) {
      state.isPausing = false;
      return { kind: 'resumed' } as const;
    }
    if (state.isPausing || state.silenceSamples < PAUSING_SAMPLES) return null;
    state.isPausing = true;
    return { kind: 'pausing', speechEndsAt, certainty } as const;
  }
}
