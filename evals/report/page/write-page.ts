import { readFileSync } from 'node:fs';
import { inUsd } from '../../site/budget.ts';
import { describeResults } from '../in-terminal.ts';
import { isPassed, type Results, type Trial } from '../results.ts';
import { Html, html } from './html.ts';
import { drawLanes } from './lanes.ts';
import { writeTalk } from './talk.ts';

const readBeside = (name: string): Html => new Html(readFileSync(new URL(name, import.meta.url), 'utf8'));

const idOf = ({ scenario, trial }: Trial) => `${scenario}-${trial}`;

const verdictOf = (trial: Trial): Html =>
  isPassed(trial)
    ? html`<span class="verdict passed">passed</span>`
    : html`<span class="verdict failed">failed</span>`;

const inMs = (ms: number | null | undefined): string =>
  ms === null || ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`;

function slowest({ call }: Trial, kind: 'first sound' | 'answer'): string {
  const waits = call.waits
    .filter((wait) => wait.kind === kind)
    .map(({ ms }) => ms ?? Number.POSITIVE_INFINITY);
  const most = Math.max(...waits);
  return waits.length === 0 ? '–' : Number.isFinite(most) ? inMs(most) : 'never';
}

const row = (trial: Trial): Html => html`<tr>
<td><a href="#${idOf(trial)}">${trial.scenario}</a>${trial.trial > 1 ? ` (trial ${trial.trial})` : ''}</td>
<td>${verdictOf(trial)}</td>
<td class="number">${trial.checks.filter(({ cause }) => cause === null).length} / ${trial.checks.length}</td>
<td class="number">${slowest(trial, 'first sound')}</td>
<td class="number">${slowest(trial, 'answer')}</td>
<td class="number">${trial.seconds.toFixed(0)} s</td>
</tr>`;

function endOf({ call, levels }: Trial): number {
  const times = [
    ...call.acts.map(({ untilMs }) => untilMs),
    ...call.speeches.map(({ untilMs }) => untilMs),
    levels.agent.at(-1)?.atMs ?? 0,
  ];
  return Math.max(1000, ...times);
}

function writeSound(trial: Trial): Html {
  if (trial.sound === null) return html`<p class="muted">There is no recording: no call came about.</p>`;
  const side = (value: string, words: string, checked = '') =>
    html`<label><input type="radio" name="${idOf(trial)}" value="${value}" ${checked}> ${words}</label>`;
  return html`<div class="sound">
<audio controls preload="metadata" src="data:audio/webm;base64,${trial.sound.webm.toString('base64')}"></audio>
<fieldset><legend class="muted">Listen to</legend>${[side('both', 'both', 'checked'), side('caller', 'the caller'), side('agent', 'the agent')]}</fieldset>
</div>`;
}

function writeTrial(trial: Trial): Html {
  const endMs = endOf(trial);
  const checks = trial.checks.map(
    ({ name, cause }) =>
      html`<li>${cause === null ? html`<span class="passed">✓</span>` : html`<span class="failed">✗</span>`} ${name}${cause === null ? '' : html`<br><span class="failed">${cause}</span>`}</li>`,
  );
  const waits = trial.call.waits.map(
    ({ after, kind, ms }) =>
      html`<tr><td>${kind}</td><td>${after}</td><td class="number">${inMs(ms)}</td></tr>`,
  );
  const offset = ((trial.sound?.startedAtMs ?? 0) / 1000).toFixed(2);
  return html`<section id="${idOf(trial)}" data-seconds="${(endMs / 1000).toFixed(2)}" data-offset="${offset}">
<h2>${trial.title}</h2>
<p class="muted">${idOf(trial)} · ${verdictOf(trial)} · ${trial.call.callId ?? 'no call'}</p>
${drawLanes(trial, endMs)}
${writeSound(trial)}
<div class="columns">
<div><h3>What happened</h3>${writeTalk(trial.call)}</div>
<div><h3>What was checked</h3><ul class="checks">${checks}</ul>
${trial.opinion === null ? '' : html`<h3>What the judge thinks</h3><p>${trial.opinion}</p>`}
<h3>How long the caller waited</h3><table>${waits}</table></div>
</div>
</section>`;
}

/** Returns the report as one page that needs nothing else: the sound is in it, and nothing is loaded from anywhere. */
export function writePage(results: Results): string {
  const { trials, startedAt, target, model } = results;
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Spoken evals, ${startedAt}</title>
<style>${readBeside('report.css')}</style>
<h1>Spoken evals</h1>
<p>${describeResults(results)}</p>
<p class="muted">${startedAt.slice(0, 16).replace('T', ' ')} UTC, against ${target}${model === null ? '' : `; the model calls itself ${model}`}. Spent: ${inUsd(results.spentMicroUsd)}.</p>
<table>
<tr><th>Scenario</th><th>Verdict</th><th class="number">Checks</th><th class="number">First sound</th><th class="number">Slowest answer</th><th class="number">Took</th></tr>
${trials.map(row)}
</table>
${trials.map(writeTrial)}
<script>${readBeside('player.js')}</script>
</html>
`.text;
}
