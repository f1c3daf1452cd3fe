import { expect, it } from 'vitest';
import { fineUsdText, medianLatencyMs, msText } from '@/components/inspect/inspect-words';

const turn = (latencyMs: number | null) => ({ responseId: 'r', latencyMs, tokens: 0, costMicroUsd: 0 });

it('writes times and money as developers read them', () => {
  expect(msText(84.4)).toBe('84 ms');
  expect(msText(1234)).toBe('1.23 s');
  expect(fineUsdText(1234)).toBe('$0.0012');
});

it('takes the median of the waits, without turns that had no wait', () => {
  expect(medianLatencyMs([])).toBeNull();
  expect(medianLatencyMs([turn(null)])).toBeNull();
  expect(medianLatencyMs([turn(900), turn(null), turn(300)])).toBe(600);
  expect(medianLatencyMs([turn(900), turn(100), turn(300)])).toBe(300);
});
