import { decline, defineScenario, say } from '@/evals/scenario/scenario';
import { NEVER_SAID, openWeekday, upcomingAppointments } from './shop-talk';

export default defineScenario({
  title: 'A caller reads the card and does not allow the booking, so nothing is booked',
  steps: [
    say(`Book a puncture repair on ${openWeekday()} at half past ten.`),
    decline('book_appointment'),
    say('Goodbye.'),
  ],
  expect: {
    tools: [{ tool: 'book_appointment', with: { service: 'puncture repair' }, outcome: 'denied' }],
    neverSays: [...NEVER_SAID, 'you are booked in'],
    stored: upcomingAppointments(),
    ends: 'goodbye',
  },
});
