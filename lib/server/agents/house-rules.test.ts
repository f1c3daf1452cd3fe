import { expect, test } from 'vitest';
import { houseRules } from '@/lib/server/agents/house-rules';
import { listTools } from '@/lib/server/agents/lookup';

test('name the tools that wait for approval, and only tools that the agent has', () => {
  expect(houseRules(listTools({ tools: ['echo', 'echo_with_approval', 'end_call'] }))).toMatch(
    /on the screen: echo_with_approval\.(.|\n)*call end_call/,
  );
  expect(houseRules(listTools({ tools: ['echo'] }))).not.toMatch(/screen|end_call/);
  expect(houseRules([])).not.toContain('# Tools');
});
