import { describe, expect, test } from 'vitest';
import { quietCall } from '../testing/observed-call.ts';
import { toJson } from './as-json.ts';
import { describeResults } from './in-terminal.ts';
import { writePage } from './page/write-page.ts';
import { passHat, type Results, scoreScenarios, type Trial } from './results.ts';

const trialOf = (scenario: string, trial: number, cause: string | null): Trial => ({
  ...{ scenario, trial, title: 'A <b>test</b>', seconds: 20, sound: null, opinion: null },
  checks: [{ name: 'a check', cause }],
  call: quietCall,
  levels: { caller: [], agent: [] },
});

const results: Results = {
  startedAt: '2026-11-29T12:00:00.000Z',
  target: 'a site',
  model: null,
  seconds: 40,
  spentMicroUsd: 12_300,
  trials: [
    trialOf('asks', 1, null),
    trialOf('asks', 2, 'It was </script> slow.'),
    trialOf('books', 1, null),
    trialOf('books', 2, null),
  ],
  notRun: [],
};

describe('pass^k', () => {
  test.each([
    [4, 4, 2, 1],
    [2, 4, 1, 0.5],
    [2, 4, 2, 1 / 6],
    [1, 4, 2, 0],
    [0, 3, 1, 0],
  ])('of %i passed of %i, for k = %i, is %d', (passed, trials, k, value) => {
    expect(passHat(passed, trials, k)).toBeCloseTo(value, 10);
  });

  test('is not known for more than were played', () => {
    expect(passHat(2, 2, 3)).toBeNaN();
  });
});

test('each scenario is scored by its own trials', () => {
  expect(scoreScenarios(results.trials)).toEqual([
    { scenario: 'asks', passed: 1, trials: 2 },
    { scenario: 'books', passed: 2, trials: 2 },
  ]);
});

test('the terminal says what passed, how surely, and what it cost', () => {
  expect(describeResults(results)).toBe(
    '1 of 2 scenarios passed in all their trials (pass^1 75 %, pass^2 50 %), 40 s, $0.0123',
  );
  expect(describeResults({ ...results, notRun: ['books (trial 3)'] })).toMatch(
    /Not played.*books \(trial 3\)/,
  );
});

test('the JSON holds every verdict and no sound, and is not ok when something was not played', () => {
  const json = toJson(results);
  expect(json).toMatchObject({ ok: false, passHat: { 1: 0.75, 2: 0.5 } });
  expect(Object.keys(json.trials[0] ?? {})).not.toContain('sound');
  const good = { ...results, trials: [trialOf('asks', 1, null)] };
  expect(toJson(good).ok).toBe(true);
  expect(toJson({ ...good, notRun: ['books (trial 1)'] }).ok).toBe(false);
});

test('the page shows what was said as it is, and loads nothing', () => {
  const page = writePage(results);
  expect(page).toContain('A &lt;b&gt;test&lt;/b&gt;');
  expect(page).toContain('It was &lt;/script&gt; slow.');
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
});
