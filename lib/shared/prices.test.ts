import { expect, test } from 'vitest';
import { MICRO_USD, planningMicroUsdPerSecond, tokensMicroUsd } from '@/lib/shared/prices';

const NONE = { inputText: 0, inputAudio: 0, cachedText: 0, cachedAudio: 0, outputText: 0, outputAudio: 0 };

const MODELS = [
  // Model, US dollars a minute, then US dollars a million tokens: audio in, audio out, text out.
  ['gpt-realtime-2.1', 0.18, 32, 64, 24],
  ['gpt-realtime-1.5', 0.18, 32, 64, 16],
  ['gpt-realtime', 0.18, 32, 64, 16],
  ['gpt-realtime-2.1-mini', 0.06, 10, 20, 2.4],
  ['gpt-realtime-mini', 0.06, 10, 20, 2.4],
  ['gpt-realtime-mini-2025-12-15', 0.06, 10, 20, 2.4],
] as const;

test.each(MODELS)('%s costs $%f a minute and $%f, $%f, $%f a million tokens', (model, minute, ...tokens) => {
  expect((planningMicroUsdPerSecond(model) * 60) / MICRO_USD).toBeCloseTo(minute);
  const billed = [{ inputAudio: MICRO_USD }, { outputAudio: MICRO_USD }, { outputText: MICRO_USD }];
  expect(billed.map((some) => tokensMicroUsd(model, { ...NONE, ...some }) / MICRO_USD)).toEqual(tokens);
});

test('a model that is not in the table costs the highest price, for the plan and for the tokens', () => {
  const tokens = { ...NONE, inputAudio: 1000, outputText: 1000 };
  for (const unknown of ['gpt-realtime-9-ultra', 'gpt-realtime-minimal']) {
    expect(planningMicroUsdPerSecond(unknown)).toBe(
      Math.max(...MODELS.map(([model]) => planningMicroUsdPerSecond(model))),
    );
    expect(tokensMicroUsd(unknown, tokens)).toBe(
      Math.max(...MODELS.map(([model]) => tokensMicroUsd(model, tokens))),
    );
  }
  expect(tokensMicroUsd(null, tokens)).toBe(tokensMicroUsd('gpt-realtime-2.1', tokens));
});

test('cached tokens are a part of the input, at their own price', () => {
  const cached = { ...NONE, inputAudio: 1000, cachedAudio: 1000, inputText: 500, cachedText: 500 };
  expect(tokensMicroUsd('gpt-realtime-2.1-mini', cached)).toBe(1000 * 0.3 + 500 * 0.06);
});
