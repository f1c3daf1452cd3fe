import { isPassed, meanPassHat, type Results, scoreScenarios } from './results.ts';

/** The report for programs: everything but the sound and the loudness. */
export function toJson({ trials, ...run }: Results) {
  const scores = scoreScenarios(trials);
  const most = Math.max(...scores.map((score) => score.trials), 0);
  return {
    ...run,
    ok: run.notRun.length === 0 && trials.every(isPassed),
    passHat: Object.fromEntries(Array.from({ length: most }, (_, k) => [k + 1, meanPassHat(scores, k + 1)])),
    scenarios: scores,
    trials: trials.map(({ sound, levels, ...trial }) => ({ ...trial, ok: isPassed(trial) })),
  };
}
