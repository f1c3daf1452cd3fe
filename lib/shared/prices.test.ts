import { expect, test } from 'vitest';
import { MICRO_USD, planningMicroUsdPerSecond } from '@/lib/shared/prices';

test.each([
  ['gpt-realtime-2.1', 0.18],
  ['gpt-realtime-2.1-mini', 0.06],
  ['gpt-realtime-mini-2025-12-15', 0.06],
])('a minute of %s is planned at $%f', (model, usd) => {
  expect((planningMicroUsdPerSecond(model) * 60) / MICRO_USD).toBeCloseTo(usd);
});

test('a model that is not in the table is planned at the dearest price', () => {
  expect(planningMicroUsdPerSecond('gpt-realtime-9-ultra')).toBe(
    planningMicroUsdPerSecond('gpt-realtime-2.1'),
  );
});

test('prices are whole micro-dollars', () => {
  expect(Number.isInteger(planningMicroUsdPerSecond('gpt-realtime-2.1-mini'))).toBe(true);
});
