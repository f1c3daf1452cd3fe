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

/** The first block above the limit with another one behind it, so that a click is none. -1: there is no such block. */
export const firstLoudBlock = (energies: readonly number[], limit: number): number =>
  energies.findIndex((energy, block) => energy > limit && (energies[block + 1] ?? 0) > limit);
