import 'server-only';
import { z } from 'zod';
import { defineTool } from '@/lib/server/agents/define-tool';
import { ok } from '@/lib/server/agents/outcome';

export const transferToMechanic = defineTool({
  name: 'transfer_to_mechanic',
  title: 'Ask the mechanic',
  description:
    'Puts Sam, the mechanic, on the line. Use it when the visitor wants to speak to a mechanic, or has a problem with the bike: a noise, brakes, gears, a flat tyre, a wheel. Do it at once, without asking first.',
  input: z.strictObject({}),
  needsApproval: false,
  async run(_input, { handOff }) {
    const handoff = await handOff('sam');
    return { ...ok('Hello, Sam here, the mechanic. What is the trouble with your bike?', null), handoff };
  },
});

export const transferToFrontDesk = defineTool({
  name: 'transfer_to_front_desk',
  title: 'Back to the front desk',
  description:
    'Puts Robin, at the front desk, back on the line. Use it when the visitor wants to book, to cancel, or to know what is free. Do it at once, without asking first.',
  input: z.strictObject({}),
  needsApproval: false,
  async run(_input, { handOff }) {
    const handoff = await handOff('robin');
    return { ...ok('Robin again, at the front desk. What can I do for you?', null), handoff };
  },
});
