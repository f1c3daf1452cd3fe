import 'server-only';
import { z } from 'zod';
import { SYMPTOMS, type Symptom, symptomNames } from '@/business/shop/symptoms';
import { upperFirst } from '@/business/shop/words/in-words';
import { defineTool } from '@/lib/server/agents/define-tool';
import { ok } from '@/lib/server/agents/outcome';

const say = ({ cause, advice, service }: Symptom) =>
  `Mostly ${cause}. ${upperFirst(advice)} The job for it is a ${service}.`;

export const diagnoseProblem = defineTool({
  name: 'diagnose_problem',
  title: 'Find the fault',
  description:
    'What is probably wrong with a bike that makes a noise or does not work, what to try first, and which job it needs.',
  input: z.strictObject({
    problem: z.enum(symptomNames).describe('What the bike does. Ask until you know which of these it is.'),
  }),
  needsApproval: false,
  timeoutMs: 2000,
  async run({ problem }) {
    const symptom: Symptom | undefined = SYMPTOMS.find(({ name }) => name === problem);
    if (symptom === undefined) throw new Error(`There is no symptom ${problem}.`);
    return ok(say(symptom), symptom);
  },
});
