import type { Pcm16k, Pcm48k } from '../interfaces.ts';

const FROM_HZ = 48_000;
const TAPS_PER_RATIO = 21;
/** The part of the new rate that it can carry; higher frequencies are removed before they alias. */
const PASSED = 0.45;

/** Converts 48 kHz audio to a lower rate (16 kHz by default), piece by piece and without a seam. */
export class Decimator {
  readonly #ratio: number;
  readonly #lowPass: Float32Array;
  #pending = new Float32Array(0);

  /** `toHz` divides 48,000. */
  constructor(toHz = 16_000) {
    this.#ratio = FROM_HZ / toHz;
    this.#lowPass = lowPass(this.#ratio * TAPS_PER_RATIO, toHz * PASSED);
  }

  push(pcm: Pcm48k): Pcm16k {
    const [ratio, kernel] = [this.#ratio, this.#lowPass];
    const taps = kernel.length;
    const input = new Float32Array(this.#pending.length + pcm.length);
    input.set(this.#pending);
    for (let index = 0; index < pcm.length; index++) {
      input[this.#pending.length + index] = (pcm[index] ?? 0) / 32_768;
    }
    const count = Math.max(0, Math.floor((input.length - taps) / ratio) + 1);
    const output = new Float32Array(count);
    for (let index = 0; index < count; index++) {
      let sum = 0;
      for (let tap = 0; tap < taps; tap++) sum += (kernel[tap] ?? 0) * (input[index * ratio + tap] ?? 0);
      output[index] = sum;
    }
    this.#pending = input.slice(count * ratio);
    return output;
  }
}

/** Windowed-sinc low-pass (Blackman window), unity gain. */
function lowPass(taps: number, cutoffHz: number): Float32Array {
  const kernel = Float32Array.from({ length: taps }, (_, index) => {
    const offset = index - (taps - 1) / 2;
    const angle = 2 * Math.PI * (cutoffHz / FROM_HZ) * offset;
    const phase = (2 * Math.PI * index) / (taps - 1);
    const window = 0.42 - 0.5 * Math.cos(phase) + 0.08 * Math.cos(2 * phase);
    return (offset === 0 ? 1 : Math.sin(angle) / angle) * window;
  });
  const gain = kernel.reduce((sum, tap) => sum + tap, 0);
  return kernel.map((tap) => tap / gain);
}
