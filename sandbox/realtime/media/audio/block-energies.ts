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

/**
 * Index of the first block above the limit that is followed by another, so that a click does not count; -1:
 * none.
 */
export const firstLoudBlock = (energies: readonly number[], limit: number): number =>
  energies.findIndex((energy, block) => energy > limit && (energies[block + 1] ?? 0) > limit);
