import { expect, test } from 'vitest';
import { defineAgent } from '@/lib/server/agents/define-agent';
import { ada } from '@/lib/server/testing/business/agents';
import type { TurnTaking } from '@/lib/shared/turn-taking';

test('an agent greets when it has a greeting', () => {
  const parts = { ...ada, tools: ['end_call'] as const };
  expect(defineAgent(parts).greets).toBe(true);
  expect(defineAgent({ ...parts, greeting: null }).greets).toBe(false);
});

test.each([
  [{ detection: { type: 'server_vad', silenceMs: 100 } }],
  [{ detection: { type: 'server_vad', idleMs: 60_000 } }],
  [{ detection: { type: 'semantic_vad', silenceMs: 500 } }],
])('turn-taking outside the documented limits is refused when the agent is defined: %j', (turnTaking) => {
  const parts = { ...ada, tools: ['end_call'] as const, turnTaking: turnTaking as TurnTaking };
  expect(() => defineAgent(parts)).toThrow();
});
