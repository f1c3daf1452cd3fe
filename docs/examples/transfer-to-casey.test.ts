import { expect, test } from 'vitest';
import { newToolContext } from '@/lib/server/testing/tool-context';
import type { Handoff } from '@/lib/shared/contract';
import { transferToCasey } from './transfer-to-casey.ts';

const HANDOFF: Handoff = {
  agent: { name: 'casey', title: 'Casey' },
  tools: [],
  session: { type: 'realtime', instructions: 'You are Casey.', tools: [] },
};

test('the tool of the guide gives the call to Casey, and the reply carries the new policy', async () => {
  const asked: string[] = [];
  const handOff = async (name: string) => {
    asked.push(name);
    return HANDOFF;
  };
  expect(await transferToCasey.call({}, { ...newToolContext(), handOff })).toMatchObject({
    ok: true,
    handoff: HANDOFF,
  });
  expect(asked).toEqual(['casey']);
});
