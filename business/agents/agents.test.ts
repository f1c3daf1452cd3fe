import { describe, expect, test } from 'vitest';
import { agents, defaultAgent } from '@/business/agents';
import { robin } from '@/business/agents/robin';
import { houseRules } from '@/lib/server/agents/house-rules';
import { getAgent, getTool, listTools } from '@/lib/server/agents/lookup';

describe.each(agents.map((agent) => [agent.name, agent] as const))('%s', (name, agent) => {
  test('is complete, and found by name', () => {
    expect(name).toMatch(/^[a-z][a-z-]*$/);
    expect(getAgent(name)).toBe(agent);
    expect(agent.roles.length).toBeGreaterThan(0);
    expect(agent.tagline).not.toContain('\n');
    expect(new Set(agent.tools).size).toBe(agent.tools.length);
    for (const tool of agent.tools) expect(getTool(tool)).not.toBeNull();
  });
});

test('names are unique, and an unknown name finds no agent', () => {
  expect(new Set(agents.map(({ name }) => name)).size).toBe(agents.length);
  expect(agents).toContain(defaultAgent);
  expect(getAgent('toString')).toBeNull();
});

test('what Robin changes waits for approval on the screen', () => {
  expect(houseRules(listTools(robin))).toContain('on the screen: book_appointment, cancel_appointment.');
});
