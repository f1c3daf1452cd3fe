import { defineScenario, say } from '@/evals/scenario/scenario';
import { NEVER_SAID, openWeekday } from './shop-talk';

const day = openWeekday();

export default defineScenario({
  title: 'A caller asks what is free, and books nothing',
  caller: { voice: 'man' },
  steps: [say(`What is free on ${day}?`), say('Thank you, goodbye.')],
  expect: {
    tools: [{ tool: 'find_slots', with: { day: new RegExp(day, 'i') } }],
    neverTools: ['book_appointment', 'cancel_appointment'],
    says: [/\b(am|pm|noon)\b/],
    neverSays: NEVER_SAID,
    ends: 'goodbye',
  },
});
