import { expect, test } from 'vitest';
import { defineAgent } from '@/lib/server/agents/define-agent';
import { ada } from '@/lib/server/testing/business/agents';

test('an agent greets when it has a greeting', () => {
  const parts = { ...ada, tools: ['end_call'] as const };
  expect(defineAgent(parts).greets).toBe(true);
  expect(defineAgent({ ...parts, greeting: null }).greets).toBe(false);
});
