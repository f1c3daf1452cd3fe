import { allow, defineScenario, say } from '@/evals/scenario/scenario';
import { NEVER_SAID, openWeekday, upcomingAppointments } from './shop-talk';

const day = openWeekday();

export default defineScenario({
  title: 'A caller wants a tune-up, is asked for day and time, and books it once',
  steps: [say('I would like to book a tune-up.'), allow('book_appointment'), say('Thank you, goodbye.')],
  answers: {
    day: { asked: /\b(which|what) day\b/i, say: `On ${day}, please.` },
    time: { asked: /\b(what|which) time\b/i, say: 'At ten o’clock.' },
  },
  expect: {
    tools: [
      {
        tool: 'book_appointment',
        with: { service: 'tune-up', day: new RegExp(day, 'i'), time: /\b(ten|10)\b/i },
        approved: true,
      },
    ],
    neverTools: ['cancel_appointment'],
    says: [/code is \w+ \w+/i, '£65'],
    neverSays: NEVER_SAID,
    stored: upcomingAppointments('tune-up'),
    ends: 'goodbye',
  },
});
