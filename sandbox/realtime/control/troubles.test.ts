import { expect, test } from 'vitest';
import type { Reply } from '../mind/interfaces.ts';
import { startMemory } from '../mind/memory.ts';
import { FaultPlan } from './fault-plan.ts';
import { Faults } from './faults.ts';
import { createTroubles } from './troubles.ts';

const reply: Reply = {
  say: 'One moment.',
  calls: [{ name: 'find_slots', arguments: { day: 'friday' } }],
  memory: startMemory(),
};

const mistaken = (mistakes: FaultPlan['mistakes'], given = reply) =>
  createTroubles(new Faults(FaultPlan.parse({ mistakes }))).mistaken(given);

test('a model that does not err says and calls what it thought', () => {
  expect(createTroubles(new Faults()).mistaken(reply)).toEqual(reply);
});

test('it calls each tool twice', () => {
  expect(mistaken({ repeatCalls: true }).calls).toEqual([...reply.calls, ...reply.calls]);
});

test('it calls another tool instead, without arguments', () => {
  expect(mistaken({ callInstead: { find_slots: 'end_call' } }).calls).toEqual([
    { name: 'end_call', arguments: {} },
  ]);
  expect(mistaken({ callInstead: { end_call: 'find_slots' } }).calls).toEqual(reply.calls);
});

test('it adds words to what it says, and says nothing where it was silent', () => {
  expect(mistaken({ addWords: 'I promise.' }).say).toBe('One moment. I promise.');
  expect(mistaken({ addWords: 'I promise.' }, { ...reply, say: null }).say).toBeNull();
});

test('it errs as often as ordered', () => {
  const troubles = createTroubles(new Faults(FaultPlan.parse({ mistakes: { times: 1, repeatCalls: true } })));
  expect([troubles.mistaken(reply), troubles.mistaken(reply)].map(({ calls }) => calls.length)).toEqual([
    2, 1,
  ]);
});
