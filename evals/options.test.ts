import { describe, expect, test } from 'vitest';
import { readOptions, UsageError } from './options.ts';
import { defineScenario, interrupt, say } from './scenario/scenario.ts';
import { Budget, BudgetError, plannedMicroUsd } from './site/budget.ts';

describe('the command line', () => {
  test('without words plays everything once', () => {
    expect(readOptions([])).toMatchObject({
      only: [],
      trials: 1,
      real: false,
      json: false,
      profile: 'quick',
    });
  });

  test('names scenarios, trials and a site', () => {
    const words = ['--only', 'books, cancels', '--trials', '3', '--url', 'http://localhost:3000/'];
    expect(readOptions(words)).toMatchObject({
      ...{ only: ['books', 'cancels'], trials: 3 },
      url: 'http://localhost:3000',
    });
  });

  test.each([
    [['--trials', '0']],
    [['--trials', 'many']],
    [['--url', 'localhost']],
    [['--profile', 'slow']],
    [['--as', '../elsewhere']],
    [['--nonsense']],
    [['books']],
  ])('refuses %j', (words) => {
    expect(() => readOptions(words)).toThrow(UsageError);
  });
});

describe('the budget', () => {
  test.each([undefined, '', '0', '-1', 'much'])('of %j is refused', (text) => {
    expect(() => Budget.read(text)).toThrow(BudgetError);
  });

  test('is held before a call, and counts what the call has cost after it', () => {
    const budget = Budget.read('0.10');
    expect(budget.hold(90_000)).toBe(true);
    expect(budget.hold(20_000)).toBe(false);
    budget.settle(90_000, 30_000);
    expect(budget.leftMicroUsd).toBe(70_000);
    expect(budget.spentMicroUsd).toBe(30_000);
  });

  test('of the sandbox is never used up, and spends nothing', () => {
    const budget = Budget.free();
    expect(budget.hold(10_000_000)).toBe(true);
    budget.settle(10_000_000, 5_000_000);
    expect(budget.spentMicroUsd).toBe(0);
  });

  test('is planned by the longest time that a call may take', () => {
    const scenario = defineScenario({ title: 'A test', steps: [say('Hello')], expect: {}, mostSeconds: 40 });
    expect(plannedMicroUsd(scenario, 'gpt-realtime-2.1-mini')).toBe(40_000);
  });
});

describe('a scenario', () => {
  test('needs somebody who speaks, at a pace that a voice has', () => {
    expect(() => defineScenario({ title: 'Silence', steps: [interrupt('Stop')], expect: {} })).toThrow(
      /nobody/,
    );
    const hurried = { title: 'Hurry', caller: { pace: 3 }, steps: [say('Hello')], expect: {} };
    expect(() => defineScenario(hurried)).toThrow(/pace/);
  });
});
