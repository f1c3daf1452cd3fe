import { expect, test } from 'vitest';
import { composeInstructions } from '@/lib/server/agents/compose-instructions';
import { listTools } from '@/lib/server/agents/lookup';
import { casey } from './casey.ts';

const WORDING = {
  language: 'en',
  accent: null,
  tone: null,
  saysItIsAi: true,
  further: null,
  timeZone: 'Asia/Tokyo',
};

test('the agent of the guide has its tool, and its instructions reach the model', () => {
  const tools = listTools(casey);
  expect(tools.map(({ name }) => name)).toEqual(['end_call']);
  const instructions = composeInstructions(casey, tools, { ...WORDING, now: new Date('2040-01-02') });
  expect(instructions).toContain(casey.instructions);
  expect(instructions).toContain(casey.greeting);
  expect(casey.greets).toBe(true);
});
