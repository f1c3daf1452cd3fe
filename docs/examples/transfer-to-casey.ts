import 'server-only';
import { z } from 'zod';
import { defineTool } from '@/lib/server/agents/define-tool';
import { ok } from '@/lib/server/agents/outcome';

export const transferToCasey = defineTool({
  name: 'transfer_to_casey',
  title: 'Ask Casey',
  description:
    'Puts Casey, at the lost property desk, on the line. Use it when the visitor misses something. Do it at once, without asking first.',
  input: z.strictObject({}),
  needsApproval: false,
  async run(_input, { handOff }) {
    const handoff = await handOff('casey');
    return { ...ok('Casey here, at the lost property desk. What are you looking for?', null), handoff };
  },
});
