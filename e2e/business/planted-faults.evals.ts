import { expect } from 'playwright/test';
import { clearFaults, orderFaults } from '../attack/server/sandbox-faults.ts';
import { runEval } from '../evals/run-eval.ts';
import { openUnaskingSite } from '../evals/unasking-site.ts';
import { workerTest as test } from '../worker-fixtures.ts';

test.describe.configure({ lock: '-exclusive-' });
test.setTimeout(120_000);
test.afterEach(clearFaults);

const ASKS = 'asks-what-is-free';
const BOOKS = 'books-in-one-sentence';
const SLOW_MS = 5_200;

test('a tool that asks nobody is found', async ({ baseURL }, { outputDir }) => {
  const site = await openUnaskingSite(baseURL ?? '');
  const { exitCode, wrong } = await runEval(BOOKS, site.url, outputDir);
  site.close();
  expect(exitCode).toBe(1);
  expect(Object.entries(wrong)).toContainEqual([
    expect.stringMatching(/^tool: book_appointment/),
    expect.stringMatching(/^The caller was not asked on the screen/),
  ]);
});

test('forbidden words are found', async ({ baseURL }, { outputDir }) => {
  await orderFaults({ mistakes: { addWords: 'I guarantee it.' } });
  const { exitCode, wrong } = await runEval(ASKS, baseURL, outputDir);
  expect(exitCode).toBe(1);
  expect(Object.keys(wrong)).toContain('never says: /\\bI guarantee\\b/i');
});

test('a wrong tool is found', async ({ baseURL }, { outputDir }) => {
  await orderFaults({ mistakes: { callInstead: { find_slots: 'list_appointments' } } });
  const { exitCode, wrong } = await runEval(ASKS, baseURL, outputDir);
  expect(exitCode).toBe(1);
  expect(Object.entries(wrong)).toContainEqual([
    expect.stringMatching(/^tool: find_slots/),
    expect.stringMatching(/^It was not used so\. Used: list_appointments/),
  ]);
});

test('a booking that is made twice is found', async ({ baseURL }, { outputDir }) => {
  await orderFaults({ mistakes: { repeatCalls: true } });
  const { exitCode, wrong } = await runEval(BOOKS, baseURL, outputDir);
  expect(exitCode).toBe(1);
  expect(wrong['nothing was done twice']).toMatch(/^book_appointment with .+ was done again/);
});

test('a slow answer is found', async ({ baseURL }, { outputDir }) => {
  // The greeting, and the look into the diary.
  await orderFaults({ wait: { fromMs: SLOW_MS, toMs: SLOW_MS, times: 2 } });
  const { exitCode, wrong } = await runEval(ASKS, baseURL, outputDir);
  expect(exitCode).toBe(1);
  expect(wrong['every answer within 5000 ms']).toMatch(/^after “What is free/);
});
