import { defineScenario, say } from '@/evals/scenario/scenario';
import { NEVER_SAID } from './shop-talk';

export default defineScenario({
  title: 'A caller with squeaking brakes is handed over, and the mechanic finds the fault',
  caller: { voice: 'man' },
  steps: [say('Can I talk to a mechanic, please?'), say('My brakes squeak.'), say('Thank you, goodbye.')],
  expect: {
    tools: [
      { tool: 'transfer_to_mechanic' },
      { tool: 'diagnose_problem', with: { problem: 'squeaking brakes' } },
    ],
    says: ['brake service'],
    neverSays: NEVER_SAID,
    ends: 'goodbye',
  },
});
