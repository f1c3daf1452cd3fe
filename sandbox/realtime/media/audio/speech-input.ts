import type { Pcm48k, SpeechInput, SpeechInputHandlers, SpeechInputOptions } from '../interfaces.ts';
import { Decimator } from './decimate.ts';
import { FRAME_SAMPLES, type VoiceDetector } from './silero.ts';
import { SoundRing } from './sound-ring.ts';
import { TurnDetector, type TurnEvent } from './turn-detector.ts';

const SAMPLES_PER_MS = 16;
/** The longest turn plus padding. */
const TURN_MS = 30_500;
/** The rest is for what still waits to be judged: milliseconds, while sound comes as it is spoken. */
const REMEMBERED_MS = 32_000;
/** What comes faster than it was spoken is judged later: more than the largest event of a client holds. */
const MOST_REMEMBERED_MS = 12 * REMEMBERED_MS;
/** Kept after the last word: with less the recogniser loses final consonants, with more it invents words. */
const TRAILING_SAMPLES = 120 * SAMPLES_PER_MS;

/** The speech input of one call: finds the turns in its audio. */
export function createSpeechInput(
  detector: VoiceDetector,
  handlers: SpeechInputHandlers,
  options: SpeechInputOptions,
): SpeechInput {
  return new CallEars(detector, handlers, options);
}

class CallEars implements SpeechInput {
  readonly #detector: VoiceDetector;
  readonly #handlers: SpeechInputHandlers;
  readonly #decimator = new Decimator();
  readonly #ring = new SoundRing(REMEMBERED_MS * SAMPLES_PER_MS, MOST_REMEMBERED_MS * SAMPLES_PER_MS);
  readonly #turns: TurnDetector;
  #prefixSamples = 0;
  #judgedUntil = 0;
  /** Frames before this have their verdict. */
  #followedUntil = 0;
  #turnStartsAt = 0;
  #previousTurnEndsAt = 0;
  #heardSamples = 0;
  /** Manual turns begin here. */
  #mark = 0;
  /** Before this, the client has made a turn of it. */
  #takenUntil = 0;
  #isClosed = false;

  constructor(detector: VoiceDetector, handlers: SpeechInputHandlers, options: SpeechInputOptions) {
    this.#detector = detector;
    this.#handlers = handlers;
    this.#turns = new TurnDetector(detectorOptions(options));
    this.#prefixSamples = options.prefixPaddingMs * SAMPLES_PER_MS;
  }

  get heardMs(): number {
    return Math.round(this.#heardSamples / 48);
  }

  push(pcm: Pcm48k): void {
    if (this.#isClosed) return;
    this.#heardSamples += pcm.length;
    const neededFrom = Math.max(0, this.#followedUntil - TURN_MS * SAMPLES_PER_MS);
    this.#ring.append(this.#decimator.push(pcm), neededFrom);
    while (this.#judgedUntil + FRAME_SAMPLES <= this.#ring.end) {
      const end = this.#judgedUntil + FRAME_SAMPLES;
      const frame = this.#ring.read(this.#judgedUntil, end);
      this.#judgedUntil = end;
      // A frame that cannot be scored counts as silence, so that the turn ends.
      this.#detector
        .judge(frame)
        .catch(() => 0)
        .then((probability) => this.#follow(probability, end));
    }
  }

  turnSoFar() {
    return this.#turns.isVoiced ? this.#ring.read(this.#turnStartsAt, this.#ring.end) : null;
  }

  configure(options: SpeechInputOptions): void {
    this.#turns.options = detectorOptions(options);
    this.#prefixSamples = options.prefixPaddingMs * SAMPLES_PER_MS;
  }

  take() {
    const audio = this.#ring.read(this.#mark, this.#ring.end);
    this.reset();
    this.#takenUntil = this.#ring.end;
    this.#turns.reset();
    return audio;
  }

  reset(untilMs = Number.POSITIVE_INFINITY): void {
    this.#mark = Math.min(untilMs * SAMPLES_PER_MS, this.#ring.end);
    this.#turnStartsAt = Math.max(this.#turnStartsAt, this.#mark);
  }

  ignoreTurn(): void {
    this.#turns.reset();
  }

  close(): void {
    this.#isClosed = true;
  }

  #follow(probability: number, end: number): void {
    if (this.#isClosed) return;
    this.#followedUntil = end;
    if (end <= this.#takenUntil) return;
    const event = this.#turns.judge(probability, FRAME_SAMPLES, end);
    if (event) this.#report(event, end);
  }

  #report(event: TurnEvent, end: number): void {
    switch (event.kind) {
      case 'started':
        this.#turnStartsAt = Math.max(
          this.#previousTurnEndsAt,
          this.#mark,
          event.startsAt - this.#prefixSamples,
        );
        this.#handlers.onSpeechStarted(Math.round(this.#turnStartsAt / SAMPLES_PER_MS));
        break;
      case 'pausing':
        this.#handlers.onSpeechPausing(this.#turnUntil(event.speechEndsAt), event.certainty);
        break;
      case 'resumed':
        this.#handlers.onSpeechResumed();
        break;
      case 'stopped':
        this.#previousTurnEndsAt = end;
        this.#handlers.onSpeechStopped(
          Math.round(end / SAMPLES_PER_MS),
          this.#turnUntil(event.speechEndsAt),
          event.certainty,
        );
        break;
    }
  }

  #turnUntil(speechEndsAt: number) {
    return this.#ring.read(this.#turnStartsAt, speechEndsAt + TRAILING_SAMPLES);
  }
}

function detectorOptions({ silenceMs, threshold }: SpeechInputOptions) {
  return { silenceSamples: silenceMs * SAMPLES_PER_MS, threshold };
}
