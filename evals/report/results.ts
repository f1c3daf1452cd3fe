import type { Levels } from '../../e2e/browser/page-recorder.ts';
import type { ObservedCall } from '../call/observed.ts';
import type { RecordedSound } from '../call/page-sound.ts';
import type { Check } from '../checks/check.ts';

/** One call of a scenario, with its verdicts. */
export interface Trial {
  scenario: string;
  title: string;
  /** Counts from 1. */
  trial: number;
  seconds: number;
  checks: readonly Check[];
  call: ObservedCall;
  sound: RecordedSound | null;
  levels: { caller: Levels; agent: Levels };
  /** What a judge model thinks of it, if one was asked. Decides nothing. */
  opinion: string | null;
}

export interface Results {
  startedAt: string;
  target: string;
  model: string | null;
  seconds: number;
  spentMicroUsd: number;
  trials: readonly Trial[];
  /** Scenarios, with their trial, for which there was no money left. */
  notRun: readonly string[];
}

export const isPassed = ({ checks }: Pick<Trial, 'checks'>): boolean =>
  checks.every(({ cause }) => cause === null);

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}

/**
 * Returns how likely `k` trials in a row pass, 0 to 1, estimated from `passed` of `trials`: C(passed, k) / C(trials, k), as
 * τ-bench has it (arXiv 2406.12045).
 */
export const passHat = (passed: number, trials: number, k: number): number =>
  k > trials ? Number.NaN : choose(passed, k) / choose(trials, k);

export interface ScenarioScore {
  scenario: string;
  passed: number;
  trials: number;
}

/** Returns how often each scenario passed, in the order in which they were played. */
export function scoreScenarios(trials: readonly Trial[]): ScenarioScore[] {
  const names = [...new Set(trials.map(({ scenario }) => scenario))];
  return names.map((scenario) => {
    const own = trials.filter((trial) => trial.scenario === scenario);
    return { scenario, passed: own.filter(isPassed).length, trials: own.length };
  });
}

/** Returns the mean of pass^k over the scenarios. */
export function meanPassHat(scores: readonly ScenarioScore[], k: number): number {
  const values = scores
    .filter(({ trials }) => trials >= k)
    .map(({ passed, trials }) => passHat(passed, trials, k));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
