import { defineScenario, interrupt, say } from '@/evals/scenario/scenario';
import { NEVER_SAID, openWeekday } from './shop-talk';

const day = openWeekday();

export default defineScenario({
  title: 'A caller speaks over a long answer with another question, and gets that one answered',
  steps: [say('What services do you have?'), interrupt(`What is free on ${day}?`, 1500), say('Goodbye.')],
  expect: {
    tools: [{ tool: 'list_services' }, { tool: 'find_slots', with: { day: new RegExp(day, 'i') } }],
    neverSays: NEVER_SAID,
    ends: 'goodbye',
  },
});
