import { expect, test } from 'vitest';
import { agents, defaultAgent } from '@/business/agents';
import {
  agentTitle,
  getAgent,
  getTool,
  listAgentsFor,
  listChangingTools,
  listTools,
  mayUse,
  requireAgent,
  summarizeTools,
} from '@/lib/server/agents/lookup';
import { refusedWith } from '@/lib/server/testing/call-fixture';

const guest = { role: 'guest' } as const;

test('without a name, the agent is the default of the site, whatever it is called', () => {
  expect(requireAgent(guest)).toBe(defaultAgent);
  expect(requireAgent(guest, defaultAgent.name)).toBe(defaultAgent);
  expect(() => requireAgent(guest, 'an agent of another site')).toThrow(refusedWith('unknown_agent'));
  expect(getAgent('toString')).toBeNull();
});

test('the page offers the default agent first, and every agent once', () => {
  const offered = listAgentsFor('guest');
  expect(offered[0]).toBe(defaultAgent);
  expect(new Set(offered)).toEqual(new Set(agents));
  expect(offered).toHaveLength(agents.length);
});

test('an agent that left the list is called by its name', () => {
  expect(agentTitle(defaultAgent.name)).toBe(defaultAgent.title);
  expect(agentTitle('gone')).toBe('gone');
});

test('an agent uses the tools that it has, in its own order', () => {
  const names = listTools(defaultAgent).map(({ name }) => name);
  expect(names).toEqual(defaultAgent.tools);
  for (const name of names) expect(mayUse(defaultAgent.name, name)).toBe(true);
  expect(mayUse(defaultAgent.name, 'drop_tables')).toBe(false);
  expect(mayUse('gone', 'end_call')).toBe(false);
  expect(getTool('drop_tables')).toBeNull();
});

test('the browser learns of a tool what it needs, never its schema', () => {
  for (const summary of summarizeTools(defaultAgent)) {
    expect(Object.keys(summary)).toEqual(['name', 'title', 'needsApproval', 'changesData']);
  }
  const changing = summarizeTools(defaultAgent).filter(({ changesData }) => changesData);
  expect(listChangingTools()).toEqual(expect.arrayContaining(changing.map(({ name }) => name)));
});
