/** A millionth of a US dollar: money is counted in whole ones, so that sums stay exact. */
export const MICRO_USD = 1_000_000;

/**
 * What one second of a call is planned to cost, in micro-USD, transcription included.
 * A five-minute conversation in which half of the repeated history is billed at the cached price,
 * rounded up: $0.18 a minute for the large models, $0.06 for the small ones.
 * Compared with the provider's price pages on 2026-11-21.
 */
const PLANNING_MICRO_USD_PER_SECOND: ReadonlyMap<string, number> = new Map([
  ['gpt-realtime-2.1', 3000],
  ['gpt-realtime-2', 3000],
  ['gpt-realtime-1.5', 3000],
  ['gpt-realtime', 3000],
  ['gpt-realtime-2.1-mini', 1000],
  ['gpt-realtime-mini', 1000],
]);

/** The dearest known price, so that a model missing from the table cannot overrun a budget unseen. */
const UNKNOWN_MODEL_MICRO_USD_PER_SECOND = Math.max(...PLANNING_MICRO_USD_PER_SECOND.values());

/** Planned cost of one second with `model`, in whole micro-USD. A dated variant costs what its family costs. */
export function planningMicroUsdPerSecond(model: string): number {
  const family = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  return PLANNING_MICRO_USD_PER_SECOND.get(family) ?? UNKNOWN_MODEL_MICRO_USD_PER_SECOND;
}
