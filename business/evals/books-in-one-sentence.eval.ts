import { allow, defineScenario, say } from '@/evals/scenario/scenario';
import { NEVER_SAID, openWeekday, upcomingAppointments } from './shop-talk';

const day = openWeekday();

export default defineScenario({
  title: 'A hurried caller says service, day and time at once',
  caller: { voice: 'man', pace: 1.15 },
  steps: [say(`Book a tune-up on ${day} at ten.`), allow('book_appointment'), say('That is all, bye.')],
  expect: {
    tools: [
      {
        tool: 'book_appointment',
        with: { service: 'tune-up', day: new RegExp(day, 'i'), time: /\b(ten|10)\b/i },
        approved: true,
      },
    ],
    says: [/code is \w+ \w+/i],
    neverSays: NEVER_SAID,
    stored: upcomingAppointments('tune-up'),
    ends: 'goodbye',
  },
});
