import { availableParallelism } from 'node:os';
import type { Browser } from 'playwright';
import { CallPage } from './call/call-page.ts';
import { observeCall } from './call/observe-call.ts';
import type { ObservedCall } from './call/observed.ts';
import { playScenario } from './call/play-scenario.ts';
import type { Recogniser } from './call/recogniser.ts';
import { spentOf } from './call/spent.ts';
import type { Voice } from './caller/voice.ts';
import { checkCall } from './checks/check-call.ts';
import type { Trial } from './report/results.ts';
import type { NamedScenario } from './scenario/load-scenarios.ts';
import type { Caller } from './scenario/scenario.ts';
import { type Budget, plannedMicroUsd } from './site/budget.ts';

export interface Stage {
  browser: Browser;
  url: string;
  voices: (caller: Caller) => Voice;
  recogniser: Recogniser;
  budget: Budget;
  /** The model that is planned for. */
  model: string;
}

const NO_CALL: ObservedCall = {
  ...{ callId: null, model: null, ended: null, stored: null, spent: { microUsd: 0, tokens: 0 } },
  ...{ acts: [], speeches: [], understood: [], tools: [], waits: [], troubles: [] },
};

/** A trial that could not even be played has failed. */
function crashed({ name, scenario }: NamedScenario, trial: number, error: unknown): Trial {
  // Playwright's errors go on with the log of the browser.
  const [cause = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return {
    ...{
      scenario: name,
      title: scenario.title,
      trial,
      seconds: 0,
      call: NO_CALL,
      sound: null,
      opinion: null,
    },
    checks: [{ name: 'the conversation was held', cause }],
    levels: { caller: [], agent: [] },
  };
}

interface PlayedCall {
  microUsd: number;
  /** Listens to the recording, and returns the call with its verdicts: while the next call goes on. */
  judge: () => Promise<Trial>;
}

/** Plays one call. Throws when the site cannot be opened. */
async function playCall(
  stage: Stage,
  { name, scenario }: NamedScenario,
  trial: number,
  budgetMicroUsd: number,
): Promise<PlayedCall> {
  const startedMs = performance.now();
  const page = await CallPage.open(stage.browser, stage.url);
  try {
    const played = await playScenario({
      page,
      voice: stage.voices(scenario.caller),
      scenario,
      budgetMicroUsd,
    });
    const { nowMs, events, exchanges } = await page.refresh();
    const { levels, sound } = await page.recording();
    const stored = await page.stored();
    if (!(await page.forgetCaller()))
      played.troubles.push('What the caller left at the site could not be deleted.');
    const seconds = (performance.now() - startedMs) / 1000;
    const judge = async (): Promise<Trial> => {
      const call = await observeCall({
        ...{ events, exchanges, acts: played.acts, troubles: played.troubles, stored },
        levels: levels.levels,
        endMs: nowMs,
        hear: (fromMs, untilMs) => stage.recogniser.hear(sound, fromMs, untilMs),
      });
      return {
        ...{ scenario: name, title: scenario.title, trial, call, sound, seconds, opinion: null },
        checks: checkCall(scenario.expect, call),
        levels: { caller: levels.microphone, agent: levels.levels },
      };
    };
    return { microUsd: spentOf(events).microUsd, judge };
  } finally {
    await page.close();
  }
}

const MOST_LANES = 4;

/** How many calls at the same time leave the waits as they are: a core for each. */
export const usualLanes = (): number => Math.min(MOST_LANES, availableParallelism());

export interface Plan {
  scenarios: readonly NamedScenario[];
  trials: number;
  lanes: number;
  onTrial: (trial: Trial) => Promise<void>;
}

/** Long conversations first, so that no lane is left alone with one at the end. */
const byLength = (a: NamedScenario, b: NamedScenario) => lengthOf(b) - lengthOf(a);
const lengthOf = ({ scenario: { steps, answers } }: NamedScenario) =>
  steps.length + Object.keys(answers).length;

/**
 * Plays every trial of every scenario, so many at a time. Returns those for which the budget did not suffice, by name.
 */
export async function playTrials(
  stage: Stage,
  { scenarios, trials, lanes, onTrial }: Plan,
): Promise<string[]> {
  const waiting = scenarios
    .toSorted(byLength)
    .flatMap((one) => Array.from({ length: trials }, (_, index) => ({ one, trial: index + 1 })));
  const notRun: string[] = [];
  const judged: Promise<void>[] = [];
  const playNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { one, trial } = next;
      const planned = plannedMicroUsd(one.scenario, stage.model);
      if (!stage.budget.hold(planned)) {
        notRun.push(`${one.name} (trial ${trial})`);
        continue;
      }
      const most = stage.budget.isFree ? Number.POSITIVE_INFINITY : planned;
      const failed = (error: unknown) => crashed(one, trial, error);
      const played = await playCall(stage, one, trial, most).catch((error): PlayedCall => {
        return { microUsd: 0, judge: async () => failed(error) };
      });
      stage.budget.settle(planned, played.microUsd);
      const told = played.judge().catch(failed).then(onTrial);
      // Its error is thrown below, once no lane plays any more.
      told.catch(() => undefined);
      judged.push(told);
    }
  };
  await Promise.all(Array.from({ length: lanes }, playNext));
  await Promise.all(judged);
  return notRun;
}
