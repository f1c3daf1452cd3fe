import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { microphoneArguments } from '../e2e/browser/microphone-arguments.ts';
import { provideBrowser } from '../e2e/browser/provide-browser.ts';
import { CallPage } from './call/call-page.ts';
import { loadRecogniser } from './call/recogniser.ts';
import { callOnce } from './call/warm-up.ts';
import { loadVoices } from './caller/voice.ts';
import { playTrials, usualLanes } from './play-trials.ts';
import type { Judge } from './report/judge.ts';
import type { Results, Trial } from './report/results.ts';
import type { NamedScenario } from './scenario/load-scenarios.ts';
import type { Budget } from './site/budget.ts';
import type { Target } from './site/target.ts';

export interface Run {
  scenarios: readonly NamedScenario[];
  trials: number;
  lanes: number | undefined;
  /** Where the sound of each call goes. */
  folder: string;
  target: Target;
  /** The model by whose price calls are planned. */
  model: string;
  /** What calls may cost. */
  budget: Budget;
  judge: { judge: Judge; budget: Budget } | null;
  onTrial: (trial: Trial) => void;
}

/** Returns the trial with the judge's opinion, if one is asked and there is money for it. */
async function withOpinion(trial: Trial, asked: Run['judge']): Promise<Trial> {
  if (asked === null || trial.sound === null || !asked.budget.hold(asked.judge.mostMicroUsd)) return trial;
  try {
    const { opinion, microUsd } = await asked.judge.ask(trial);
    asked.budget.settle(asked.judge.mostMicroUsd, microUsd);
    return { ...trial, opinion };
  } catch (error) {
    asked.budget.settle(asked.judge.mostMicroUsd, 0);
    return { ...trial, opinion: `None: ${error instanceof Error ? error.message : error}` };
  }
}

/** The first visit of a site that was just started is slower than all that follow, and so is its first call. */
async function visitFirst(browser: Browser, { url, isSandbox }: Target): Promise<void> {
  const page = await CallPage.open(browser, url);
  if (isSandbox) await callOnce(page);
  await page.forgetCaller();
  await page.close();
}

/** Plays all trials in one browser, and returns what came of them. Throws when there is no browser. */
export async function playAll(run: Run): Promise<Results> {
  const startedAt = new Date().toISOString();
  const startedMs = performance.now();
  const { path } = await provideBrowser();
  const args = microphoneArguments();
  const browser = await chromium.launch({ ...(path ? { executablePath: path } : {}), args });
  const recogniser = await loadRecogniser();
  const played: Trial[] = [];
  try {
    const { budget, model, target, scenarios, trials } = run;
    const stage = { browser, recogniser, budget, model, url: target.url, voices: await loadVoices() };
    if (target.isNew) await visitFirst(browser, target);
    const notRun = await playTrials(stage, {
      scenarios,
      trials,
      lanes: run.lanes ?? usualLanes(),
      async onTrial(trial) {
        const judged = await withOpinion(trial, run.judge);
        played.push(judged);
        run.onTrial(judged);
        const { scenario, trial: number, sound } = judged;
        if (sound !== null) await writeFile(join(run.folder, `${scenario}-${number}.webm`), sound.webm);
      },
    });
    return {
      ...{ startedAt, notRun, trials: played, target: target.what },
      spentMicroUsd:
        budget.spentMicroUsd +
        (run.judge && run.judge.budget !== budget ? run.judge.budget.spentMicroUsd : 0),
      model: played.find(({ call }) => call.model !== null)?.call.model ?? null,
      seconds: (performance.now() - startedMs) / 1000,
    };
  } finally {
    await browser.close();
    await recogniser.close();
  }
}
