import { defineScenario, say } from '@/evals/scenario/scenario';
import { NEVER_SAID } from './shop-talk';

export default defineScenario({
  title: 'A caller in a noisy street asks whether the bike is ready',
  caller: { voice: 'man', noiseDbBelow: 18 },
  steps: [say('Is my bike ready?'), say('Thank you, goodbye.')],
  expect: {
    tools: [{ tool: 'get_repair_status' }],
    says: [/\b(ready|on the stand)\b/],
    neverSays: NEVER_SAID,
    ends: 'goodbye',
  },
});
