/** Every run of the suite sends the same requests, so that it cannot turn red by chance. */
const FIXED_SEED = 420_250;

/** Returns the seed that `PARLEY_FUZZ_SEED` asks for: a number, a `fresh` one, or the fixed one by default. */
export function readSeed(variable: string | undefined): number {
  if (variable === 'fresh') return Date.now() % 1_000_000;
  const seed = Number(variable ?? FIXED_SEED);
  if (!Number.isInteger(seed))
    throw new Error(`PARLEY_FUZZ_SEED is "${variable}": a whole number, or "fresh".`);
  return seed;
}
