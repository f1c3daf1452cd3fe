import type { InspectStepName } from '@/lib/client/inspect/inspect-state';

const STEPS: Record<InspectStepName, string> = {
  microphone: 'Microphone',
  ticket: 'Ticket from our server',
  sdk: 'Agents SDK',
  offer: 'Offer',
  answer: 'Answer',
  channel: 'Data channel',
};

export const stepText = (name: InspectStepName): string => STEPS[name];

/** 84 → "84 ms", 1234 → "1.23 s". */
export const msText = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;

/** Estimates below a cent matter to developers: 1234 micro-USD → "$0.0012". */
export const fineUsdText = (microUsd: number): string => `$${(microUsd / 1_000_000).toFixed(4)}`;

/** Returns the median, or `null` of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  if (sorted.length === 0) return null;
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle] ?? 0, sorted[middle] ?? 0];
  return (low + high) / 2;
}

/** Returns the value that nine in ten do not exceed, or `null` of nothing. */
export const ninetieth = (values: readonly number[]): number | null =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.9) - 1] ?? null;
