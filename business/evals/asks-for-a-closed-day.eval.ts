import { defineScenario, say } from '@/evals/scenario/scenario';
import { NEVER_SAID, upcomingAppointments } from './shop-talk';

export default defineScenario({
  title: 'A caller wants a day on which the shop is closed, and is told so before anything is asked',
  caller: { voice: 'man' },
  steps: [say('Book a tune-up on Sunday at ten.'), say('Goodbye.')],
  expect: {
    tools: [{ tool: 'book_appointment', with: { day: /sunday/i }, outcome: 'failed' }],
    says: ['closed on Sundays'],
    neverSays: [...NEVER_SAID, 'you are booked in'],
    stored: upcomingAppointments(),
    ends: 'goodbye',
  },
});
