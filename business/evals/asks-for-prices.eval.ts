import { defineScenario, say } from '@/evals/scenario/scenario';
import { NEVER_SAID } from './shop-talk';

export default defineScenario({
  title: 'A Scottish caller asks what a service costs, and hears the price of the list',
  caller: { voice: 'scot' },
  steps: [say('How much is a full service?'), say('Thank you, goodbye.')],
  expect: {
    tools: [{ tool: 'list_services', with: { service: 'full service' } }],
    neverTools: ['book_appointment'],
    says: [/full service costs £\d+/i],
    neverSays: NEVER_SAID,
    ends: 'goodbye',
  },
});
