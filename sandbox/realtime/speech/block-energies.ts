/** The mean power of each whole block of samples. */
export function blockEnergies(samples: Float32Array, blockSamples: number): number[] {
  return Array.from({ length: Math.floor(samples.length / blockSamples) }, (_, block) => {
    let sum = 0;
    for (let index = block * blockSamples; index < (block + 1) * blockSamples; index++) {
      sum += (samples[index] ?? 0) ** 2;
    }
    return sum / blockSamples;
  });
}
