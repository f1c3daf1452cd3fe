import { expect, test } from 'vitest';
import type { KeptEntry } from '@/lib/shared/kept-transcript';
import { writeScenario } from './write-scenario.ts';

const user = (text: string): KeptEntry => ({ kind: 'user', text, typed: false });
const tool = (title: string, state: 'done' | 'failed' | 'denied'): KeptEntry => ({
  kind: 'tool',
  title,
  state,
  outcome: '',
});
const agent: KeptEntry = { kind: 'agent', speaker: 'Casey', text: 'Certainly.', interrupted: false };

test('a conversation becomes what the caller said and pressed, and the tools that ran', () => {
  const kept = [
    agent,
    user("What's new?"),
    user('And when?'),
    tool('List parcels', 'done'),
    agent,
    user('Send it.'),
    tool('Send a parcel', 'denied'),
    tool('Send a parcel', 'done'),
    tool('Send a parcel', 'failed'),
  ];
  expect(
    writeScenario('asks-and-sends', kept, new Set(['Send a parcel'])),
  ).toBe(`import { allow, decline, defineScenario, say } from '@/evals/scenario/scenario';

// From a kept conversation. Before you commit it: take out names and other personal data, and add what matters of the
// arguments (with: { … }) and of what the agent must say, or never say.
export default defineScenario({
  title: 'As in a kept conversation: asks and sends',
  steps: [
    say('What\\'s new? And when?'),
    say('Send it.'),
    decline('Send a parcel'),
    allow('Send a parcel'),
  ],
  expect: {
    tools: [
      { tool: 'List parcels' },
      { tool: 'Send a parcel', outcome: 'denied' },
      { tool: 'Send a parcel', approved: true },
      { tool: 'Send a parcel', outcome: 'failed' },
    ],
  },
});
`);
});

test('a conversation in which the caller said nothing is refused', () => {
  expect(() => writeScenario('silence', [agent], new Set())).toThrow(/said nothing/);
});
