import type { Pcm16k } from '../interfaces.ts';

/** Keeps the last seconds of a call's audio by absolute position, in a fixed amount of memory. */
export class SoundRing {
  readonly #samples: Pcm16k;
  #end = 0;

  constructor(capacitySamples: number) {
    this.#samples = new Float32Array(capacitySamples);
  }

  /** Position after the newest sample. */
  get end(): number {
    return this.#end;
  }

  append(sound: Pcm16k): void {
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
}
