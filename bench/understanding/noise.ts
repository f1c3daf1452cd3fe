/** Adds pink noise (equal power per octave) `belowDb` under the loudness of the speech. The same seed gives the same noise. */
export function addPinkNoise(speech: Float32Array, belowDb: number, seed: number): Float32Array<ArrayBuffer> {
  const noise = pinkNoise(speech.length, seed);
  const loud = speech.filter((sample) => Math.abs(sample) > 0.01);
  const gain = (rootMeanSquare(loud) / rootMeanSquare(noise)) * 10 ** (-belowDb / 20);
  return speech.map((sample, index) => sample + gain * (noise[index] ?? 0));
}

/** Paul Kellet's filter over white noise. */
export function pinkNoise(length: number, seed: number): Float32Array {
  const random = randomNumbers(seed);
  let low = 0;
  let middle = 0;
  let high = 0;
  return Float32Array.from({ length }, () => {
    const white = random() * 2 - 1;
    low = 0.99765 * low + white * 0.099046;
    middle = 0.963 * middle + white * 0.2965164;
    high = 0.57 * high + white * 1.0526913;
    return low + middle + high + white * 0.1848;
  });
}

/** Mulberry32: small, fast and the same on every machine. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function rootMeanSquare(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));
}
