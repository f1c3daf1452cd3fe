import { z } from 'zod';
import { defineTool } from '@/lib/server/agents/define-tool';
import { endCall } from '@/lib/server/agents/end-call-tool';
import { fail, ok } from '@/lib/server/agents/outcome';

const Text = z.strictObject({ text: z.string().max(80).optional().describe('What to say.') });

const echo = defineTool({
  name: 'echo',
  title: 'Echo',
  description: 'Says what it was given.',
  input: Text,
  needsApproval: false,
  async run({ text = 'Hello.' }) {
    return ok(text, { text });
  },
});

const echoWithApproval = defineTool({
  name: 'echo_with_approval',
  title: 'Echo aloud',
  description: 'Says what it was given, to everyone.',
  input: Text,
  needsApproval: true,
  changesData: true,
  async preview({ text = 'Hello.' }) {
    return { ok: true, lines: [{ label: 'Text', value: text }] };
  },
  async run({ text = 'Hello.' }) {
    return ok(text, { text });
  },
});

const recite = defineTool({
  name: 'recite',
  title: 'Recite',
  description: 'Says more than anyone wants to store.',
  input: z.strictObject({}),
  needsApproval: false,
  async run() {
    return ok('A long poem.', 'la '.repeat(20_000));
  },
});

const transferToBo = defineTool({
  name: 'transfer_to_bo',
  title: 'Ask Bo',
  description: 'Hands the call over to Bo.',
  input: z.strictObject({}),
  needsApproval: false,
  async run(_input, { handOff }) {
    return { ...ok('Bo here.', null), handoff: await handOff('bo') };
  },
});

const transferToAda = defineTool({
  name: 'transfer_to_ada',
  title: 'Back to Ada',
  description: 'Hands the call back to Ada.',
  input: z.strictObject({}),
  needsApproval: false,
  async run(_input, { handOff }) {
    return { ...ok('Ada here.', null), handoff: await handOff('ada') };
  },
});

/** A failure that is as long as a poem. */
const complain = defineTool({
  name: 'complain',
  title: 'Complain',
  description: 'Says at length why there is no poem.',
  input: z.strictObject({}),
  needsApproval: false,
  run: () => Promise.resolve(fail('no_poem', 'No poem. '.repeat(10_000))),
});

/** Stands in for `business/tools` in the tests of everything but the business. */
export const tools = [
  echo,
  echoWithApproval,
  recite,
  complain,
  transferToBo,
  transferToAda,
  endCall,
] as const;
