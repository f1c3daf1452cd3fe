/** Half the length of the interpolation filter, in input samples. */
export const REACH = 16;

/**
 * Converts a whole piece of audio to a higher rate with a polyphase windowed-sinc filter. The filter of each
 * phase is computed once per pair of rates: 4 s of speech take about 20 ms.
 */
export function upsample(samples: Float32Array, fromHz: number, toHz: number): Float32Array<ArrayBuffer> {
  if (fromHz === toHz) return samples.slice();
  if (fromHz > toHz) throw new RangeError('upsample only raises the sample rate.');
  const { phases, step } = filterBank(fromHz, toHz);
  const output = new Float32Array(Math.floor((samples.length * phases.length) / step));
  for (let index = 0; index < output.length; index++) {
    const position = index * step;
    const kernel = phases[position % phases.length] ?? new Float32Array(0);
    const first = Math.floor(position / phases.length) - REACH + 1;
    let sum = 0;
    for (let tap = 0; tap < kernel.length; tap++) sum += (kernel[tap] ?? 0) * (samples[first + tap] ?? 0);
    output[index] = sum;
  }
  return output;
}

interface FilterBank {
  phases: Float32Array[];
  /** Input is walked in steps of step / phases.length samples. */
  step: number;
}

const banks = new Map<string, FilterBank>();

function filterBank(fromHz: number, toHz: number): FilterBank {
  const key = `${fromHz}:${toHz}`;
  const known = banks.get(key);
  if (known) return known;
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const phaseCount = toHz / divisor;
  const phases = Array.from({ length: phaseCount }, (_, phase) => kernel(phase / phaseCount));
  const bank = { phases, step: fromHz / divisor };
  banks.set(key, bank);
  return bank;
}

/** Weights of the input samples around a point `fraction` of a sample after the middle one. */
function kernel(fraction: number): Float32Array {
  const weights = Float32Array.from({ length: 2 * REACH }, (_, index) => {
    const distance = index - REACH + 1 - fraction;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / REACH);
    const angle = Math.PI * distance;
    return (distance === 0 ? 1 : Math.sin(angle) / angle) * (Math.abs(distance) < REACH ? window : 0);
  });
  const gain = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / gain);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
