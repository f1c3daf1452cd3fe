import { allow, defineScenario, say } from '@/evals/scenario/scenario';
import { NEVER_SAID, openWeekday, upcomingAppointments } from './shop-talk';

const day = openWeekday();

export default defineScenario({
  title: 'A caller books, thinks better of it, and cancels in the same call',
  caller: { voice: 'man' },
  steps: [
    say(`Book a puncture repair on ${day} at half past ten.`),
    allow('book_appointment'),
    say('Cancel my appointment.'),
    allow('cancel_appointment'),
    say('Thank you, goodbye.'),
  ],
  expect: {
    tools: [
      { tool: 'book_appointment', with: { service: 'puncture repair' }, approved: true },
      { tool: 'cancel_appointment', approved: true },
    ],
    says: ['I have cancelled your puncture repair'],
    neverSays: NEVER_SAID,
    stored: upcomingAppointments(),
    ends: 'goodbye',
  },
});
