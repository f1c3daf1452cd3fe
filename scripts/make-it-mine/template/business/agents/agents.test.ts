import { describe, expect, test } from 'vitest';
import { agents, defaultAgent } from '@/business/agents';
import { tools } from '@/business/tools';

const known = new Set<string>(tools.map(({ name }) => name));

describe.each(agents.map((agent) => [agent.name, agent] as const))('%s', (name, agent) => {
  test('is complete', () => {
    expect(name).toMatch(/^[a-z]+$/);
    expect(agent.roles.length).toBeGreaterThan(0);
    expect(agent.tagline).not.toContain('\n');
    expect(new Set(agent.tools).size).toBe(agent.tools.length);
    expect(agent.tools.filter((tool) => !known.has(tool))).toEqual([]);
  });
});

test('names are unique, and the page calls one of the agents', () => {
  expect(new Set(agents.map(({ name }) => name)).size).toBe(agents.length);
  expect(agents).toContain(defaultAgent);
});
