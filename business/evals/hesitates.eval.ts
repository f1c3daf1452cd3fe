import { defineScenario, say } from '@/evals/scenario/scenario';
import { NEVER_SAID, openWeekday } from './shop-talk';

const day = openWeekday();

export default defineScenario({
  title: 'A caller stops to think within a sentence, and is not cut off',
  caller: { voice: 'man', pace: 0.9, hesitationMs: 350 },
  steps: [say(`What is free … on ${day}?`), say('Thank you, goodbye.')],
  expect: {
    tools: [{ tool: 'find_slots', with: { day: new RegExp(day, 'i') }, times: 1 }],
    neverTools: ['book_appointment'],
    neverSays: NEVER_SAID,
    ends: 'goodbye',
  },
});
