import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { getEnv } from '@/lib/server/platform/env';
import { fromKept } from './from/from-kept.ts';
import { type Options, readOptions, USAGE, UsageError } from './options.ts';
import { playAll, type Run } from './play-all.ts';
import { toJson } from './report/as-json.ts';
import { describeResults, describeTrial } from './report/in-terminal.ts';
import { createJudge } from './report/judge.ts';
import { writePage } from './report/page/write-page.ts';
import type { Results } from './report/results.ts';
import { loadScenarios, type NamedScenario } from './scenario/load-scenarios.ts';
import { Budget, BudgetError, inUsd, plannedMicroUsd } from './site/budget.ts';
import { openTarget } from './site/target.ts';

/** 0: everything passed. 1: something did not, or did not work. 2: the words of the command, or a missing budget. */
type ExitCode = 0 | 1 | 2;

/** Returns the judge of the settings. Throws `UsageError` without a model. */
function readJudge(budget: Budget): Run['judge'] {
  const model = process.env.EVAL_JUDGE_MODEL?.trim();
  if (!model || !process.env.OPENAI_API_KEY) {
    throw new UsageError('A judge needs EVAL_JUDGE_MODEL and OPENAI_API_KEY.');
  }
  return { judge: createJudge(model), budget };
}

function announce(
  scenarios: readonly NamedScenario[],
  trials: number,
  model: string,
  budget: Budget,
): string {
  const planned = scenarios.map(({ scenario }) => plannedMicroUsd(scenario, model));
  const most = planned.reduce((sum, one) => sum + one, 0) * trials;
  return `At most ${inUsd(most)} by the planning price of ${model}; the budget is ${inUsd(budget.leftMicroUsd)}.`;
}

async function writeReports(folder: string, results: Results): Promise<string> {
  const page = join(folder, 'report.html');
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(toJson(results), null, 2)}\n`);
  await writeFile(page, writePage(results));
  return relative(process.cwd(), page);
}

async function run(options: Options, directory: string): Promise<ExitCode> {
  const scenarios = await loadScenarios(directory, options.only);
  if (options.list) {
    for (const { name, scenario } of scenarios) console.log(`${name.padEnd(28)} ${scenario.title}`);
    return 0;
  }
  const say = options.json ? () => undefined : (line: string) => console.log(line);
  // Before anything is started.
  const paid = options.real || options.judge ? Budget.read(process.env.EVAL_BUDGET_USD) : null;
  const judge = options.judge && paid ? readJudge(paid) : null;
  const folder = options.out ?? join(directory, '.parley', 'evals');
  await mkdir(folder, { recursive: true });
  const target = await openTarget(options, directory, join(folder, 'site.log'));
  try {
    const budget = target.isSandbox ? Budget.free() : (paid ?? Budget.read(process.env.EVAL_BUDGET_USD));
    const { model } = getEnv().realtime;
    say(`${scenarios.length} scenarios against ${target.what}.`);
    if (!target.isSandbox) say(announce(scenarios, options.trials, model, budget));
    const results = await playAll({
      ...{ scenarios, folder, target, model, budget, judge, trials: options.trials },
      lanes: options['side-by-side'],
      onTrial: (trial) => say(describeTrial(trial)),
    });
    const page = await writeReports(folder, results);
    if (options.json) console.log(JSON.stringify(toJson(results), null, 2));
    say(`\n${describeResults(results)}\nReport: ${page}`);
    return toJson(results).ok ? 0 : 1;
  } finally {
    await target.stop();
  }
}

/** Runs the command, and returns its exit code. */
export async function evaluate(words: readonly string[], directory: string): Promise<ExitCode> {
  try {
    const options = readOptions(words);
    if (options.help) {
      console.log(USAGE);
      return 0;
    }
    if (options.from === undefined) return await run(options, directory);
    const { from: source, call, as } = options;
    console.log(`${await fromKept({ directory, source, call, as })}: look it over before you commit it.`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof UsageError || error instanceof BudgetError ? 2 : 1;
  }
}
