import type { Pcm16k, Pcm48k } from '../interfaces.ts';

const TAPS = 63;
const RATIO = 3;
/** 16 kHz cannot carry frequencies above this; they are removed before they alias. */
const CUTOFF_HZ = 7_200;

/** Converts one call's 48 kHz audio to 16 kHz, piece by piece and without a seam. */
export class Decimator {
  #pending = new Float32Array(0);

  push(pcm: Pcm48k): Pcm16k {
    const input = new Float32Array(this.#pending.length + pcm.length);
    input.set(this.#pending);
    for (let index = 0; index < pcm.length; index++) {
      input[this.#pending.length + index] = (pcm[index] ?? 0) / 32_768;
    }
    const count = Math.max(0, Math.floor((input.length - TAPS) / RATIO) + 1);
    const output = new Float32Array(count);
    for (let index = 0; index < count; index++) {
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap++) sum += (lowPass[tap] ?? 0) * (input[index * RATIO + tap] ?? 0);
      output[index] = sum;
    }
    this.#pending = input.slice(count * RATIO);
    return output;
  }
}

/** Windowed-sinc low-pass (Blackman window), unity gain. */
const lowPass = (() => {
  const kernel = Float32Array.from({ length: TAPS }, (_, index) => {
    const offset = index - (TAPS - 1) / 2;
    const angle = 2 * Math.PI * (CUTOFF_HZ / 48_000) * offset;
    const phase = (2 * Math.PI * index) / (TAPS - 1);
    const window = 0.42 - 0.5 * Math.cos(phase) + 0.08 * Math.cos(2 * phase);
    return (offset === 0 ? 1 : Math.sin(angle) / angle) * window;
  });
  const gain = kernel.reduce((sum, tap) => sum + tap, 0);
  return kernel.map((tap) => tap / gain);
})();
