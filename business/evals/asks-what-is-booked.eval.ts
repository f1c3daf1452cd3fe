import { allow, defineScenario, say } from '@/evals/scenario/scenario';
import { NEVER_SAID, openWeekday, upcomingAppointments } from './shop-talk';

export default defineScenario({
  title: 'A caller books, and asks in the same call what is booked',
  steps: [
    say(`Book a safety check on ${openWeekday()} at eleven.`),
    allow('book_appointment'),
    say('Do I have any appointments?'),
    say('Goodbye.'),
  ],
  expect: {
    tools: [
      { tool: 'book_appointment', with: { service: 'safety check' }, approved: true },
      { tool: 'list_appointments' },
    ],
    says: [/you have a safety check on/i],
    neverSays: NEVER_SAID,
    stored: upcomingAppointments('safety check'),
    ends: 'goodbye',
  },
});
