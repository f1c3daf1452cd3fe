const MICRO_USD_PER_CENT = 10_000;

/** Returns an estimate in whole cents, no more exact than it is: 34000 → "about $0.03". */
export function estimateText(microUsd: number): string {
  if (microUsd <= 0) return 'nothing';
  if (microUsd < MICRO_USD_PER_CENT) return 'under $0.01';
  return `about $${(Math.round(microUsd / MICRO_USD_PER_CENT) / 100).toFixed(2)}`;
}

/** Returns what an estimate is based on. The sandbox is free, so there it says what the same call would cost. */
export const estimateNote = (simulated: boolean): string =>
  simulated
    ? 'Estimated from the call’s length at OpenAI’s prices. This call was simulated and cost nothing.'
    : 'Estimated from the call’s length. The site pays, not you.';
