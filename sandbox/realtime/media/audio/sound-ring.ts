import type { Pcm16k } from '../interfaces.ts';

/**
 * Keeps the last seconds of a call's audio by absolute position. Audio that comes faster than it can be judged is kept
 * beyond that, up to a limit, for as long as it is needed.
 */
export class SoundRing {
  readonly #usualSamples: number;
  readonly #mostSamples: number;
  #samples: Pcm16k;
  #end = 0;

  constructor(usualSamples: number, mostSamples = usualSamples) {
    this.#usualSamples = usualSamples;
    this.#mostSamples = mostSamples;
    this.#samples = new Float32Array(usualSamples);
  }

  /** Position after the newest sample. */
  get end(): number {
    return this.#end;
  }

  /** What comes after `neededFrom` is kept. */
  append(sound: Pcm16k, neededFrom = this.#end): void {
    this.#resizeFor(this.#end + sound.length - neededFrom);
    const newest = sound.subarray(-this.#samples.length);
    let position = (this.#end + sound.length - newest.length) % this.#samples.length;
    for (const sample of newest) {
      this.#samples[position] = sample;
      position = position + 1 === this.#samples.length ? 0 : position + 1;
    }
    this.#end += sound.length;
  }

  /** A copy of what is still kept between two positions. */
  read(from: number, to: number): Pcm16k {
    const end = Math.min(to, this.#end);
    const start = Math.max(from, this.#end - this.#samples.length, 0);
    const copy = new Float32Array(Math.max(0, end - start));
    for (let index = 0; index < copy.length; index++) {
      copy[index] = this.#samples[(start + index) % this.#samples.length] ?? 0;
    }
    return copy;
  }

  /** In whole multiples of the usual size, so that it happens seldom. */
  #resizeFor(samples: number): void {
    const multiple = Math.ceil(samples / this.#usualSamples);
    const size = Math.min(this.#mostSamples, Math.max(1, multiple) * this.#usualSamples);
    if (size === this.#samples.length) return;
    const kept = this.read(this.#end - size, this.#end);
    this.#samples = new Float32Array(size);
    for (const [index, sample] of kept.entries()) {
      this.#samples[(this.#end - kept.length + index) % size] = sample;
    }
  }
}
