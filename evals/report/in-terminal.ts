import { inUsd } from '../site/budget.ts';
import { isPassed, meanPassHat, type Results, scoreScenarios, type Trial } from './results.ts';

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** One line for each trial, with what was wrong below it. */
export function describeTrial({ scenario, trial, seconds: took, checks, call, ...rest }: Trial): string {
  const wrong = checks.filter(({ cause }) => cause !== null);
  const slowest = Math.max(...call.waits.filter(({ kind }) => kind === 'answer').map(({ ms }) => ms ?? 0), 0);
  const times = trial > 1 ? ` (trial ${trial})` : '';
  const line = `${isPassed({ checks }) ? 'ok    ' : 'FAILED'}  ${scenario}${times}: ${checks.length - wrong.length} of ${checks.length} checks, ${took.toFixed(0)} s, slowest answer ${seconds(slowest)}`;
  const opinion = rest.opinion === null ? [] : [`          the judge thinks: ${rest.opinion}`];
  return [line, ...wrong.map(({ name, cause }) => `          ${name}: ${cause}`), ...opinion].join('\n');
}

/** What the whole run came to. */
export function describeResults({ trials, notRun, seconds: took, spentMicroUsd }: Results): string {
  const scores = scoreScenarios(trials);
  const most = Math.max(...scores.map((score) => score.trials), 0);
  const hats =
    most < 2 ? [] : [1, most].map((k) => `pass^${k} ${(meanPassHat(scores, k) * 100).toFixed(0)} %`);
  const good = scores.filter((score) => score.passed === score.trials).length;
  return [
    `${good} of ${scores.length} scenarios passed${most < 2 ? '' : ` in all their trials (${hats.join(', ')})`}, ${took.toFixed(0)} s, ${inUsd(spentMicroUsd)}`,
    ...(notRun.length === 0
      ? []
      : [`Not played, because the budget would not have sufficed: ${notRun.join(', ')}`]),
  ].join('\n');
}
