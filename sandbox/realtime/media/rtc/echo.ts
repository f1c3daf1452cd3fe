import type { EchoPath, Pcm48k } from '../interfaces.ts';
import { FRAME_SAMPLES } from './opus.ts';

const FRAME_MS = 20;
/** The two clocks drift: what waits longer than this is dropped. */
const MAX_LATE_FRAMES = 5;

/**
 * A loudspeaker that the microphone hears: adds what was sent, later and quieter, to what is received, until the browser
 * has learned to cancel it.
 */
export class Echo {
  readonly #delayFrames: number;
  readonly #gain: number;
  #onTheWay: (Pcm48k | null)[] = [];
  #framesToLearn: number;

  constructor({ delayMs, gainDb, learnedMs = Number.POSITIVE_INFINITY }: EchoPath) {
    this.#framesToLearn = learnedMs / FRAME_MS;
    this.#delayFrames = Math.round(delayMs / FRAME_MS);
    this.#gain = 10 ** (gainDb / 20);
  }

  /** 20 ms that the loudspeaker plays; `null` is silence. */
  played(frame: Pcm48k | null): void {
    this.#onTheWay.push(this.#framesToLearn > 0 ? frame : null);
    if (frame) this.#framesToLearn -= 1;
    const surplus = this.#onTheWay.length - this.#delayFrames - MAX_LATE_FRAMES;
    if (surplus > 0) this.#onTheWay.splice(0, surplus);
  }

  /** What the microphone picks up while it receives `pcm`, usually 20 ms. */
  pickedUp(pcm: Pcm48k): Pcm48k {
    const arriving: Pcm48k[] = [];
    for (let samples = 0; samples < pcm.length; samples += FRAME_SAMPLES) {
      const ready = this.#onTheWay.length > this.#delayFrames;
      arriving.push((ready ? this.#onTheWay.shift() : null) ?? new Int16Array(FRAME_SAMPLES));
    }
    return pcm.map((sample, index) => {
      const echo = arriving[Math.floor(index / FRAME_SAMPLES)]?.[index % FRAME_SAMPLES] ?? 0;
      return Math.max(-32_768, Math.min(32_767, Math.round(sample + echo * this.#gain)));
    });
  }
}
