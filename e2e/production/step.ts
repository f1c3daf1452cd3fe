/** Runs one step of a proof, and prints its title and its seconds when it has passed. */
export async function step<Result>(title: string, take: () => Result | Promise<Result>): Promise<Result> {
  const from = performance.now();
  const result = await take();
  console.log(`✓ ${title} (${((performance.now() - from) / 1000).toFixed(1)} s)`);
  return result;
}
