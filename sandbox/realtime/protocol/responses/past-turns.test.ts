import { describe, expect, test } from 'vitest';
import { createMind } from '../../mind/mind.ts';
import { CallHarness } from '../../testing/call-harness.ts';
import { GARAGE_PHRASES } from '../../testing/garage-phrases.ts';
import { FRONT_DESK, GARAGE } from '../../testing/tool-sets.ts';

const tools = GARAGE.map(({ name, description, parameters }) => ({
  type: 'function' as const,
  name,
  description,
  parameters: parameters as object,
}));

const message = (role: 'user' | 'assistant', text: string) => ({
  type: 'message',
  role,
  content: [{ type: role === 'assistant' ? 'output_text' : 'input_text', text }],
});
const toolCall = (name: string, args: object) => ({
  type: 'function_call',
  call_id: 'call_1',
  name,
  arguments: JSON.stringify(args),
});
const toolResult = (output: object) => ({
  type: 'function_call_output',
  call_id: 'call_1',
  output: JSON.stringify(output),
});

/** What a new session, which was told this, says and calls when the user says that. */
async function goOn(before: readonly object[], said: string) {
  const call = new CallHarness({
    mind: createMind(GARAGE_PHRASES),
    policy: { instructions: FRONT_DESK, tools, output_modalities: ['text'] },
  });
  for (const item of before) call.send({ type: 'conversation.item.create', item });
  call.type(said);
  const { output = [] } = (await call.next('response.done')).response;
  call.end();
  return output.map((item) => {
    if (item.type === 'function_call') return { [item.name ?? '']: JSON.parse(item.arguments ?? '{}') };
    return item.type === 'message' && item.role === 'assistant' ? item.content[0]?.text : item.type;
  });
}

describe('a new session goes on with a conversation that another one has had', () => {
  test('an answer to the question that was open', async () => {
    const before = [message('user', 'Book a tune-up.'), message('assistant', 'For which day?')];
    expect(await goOn(before, 'On Friday at ten.')).toContainEqual({
      book_appointment: { service: 'tune-up', day: 'Friday', time: 'ten' },
    });
  });

  test('the first of the times that were listed', async () => {
    const before = [
      message('user', 'What is free on Friday?'),
      toolCall('find_slots', { day: 'Friday' }),
      toolResult({
        ok: true,
        summary: 'On Friday we have nine and ten thirty.',
        data: { slots: ['09:00', '10:30'] },
      }),
      message('assistant', 'On Friday we have nine and ten thirty. Shall I book one?'),
    ];
    const [asked] = await goOn(before, 'Yes please.');
    expect(asked).toMatch(/time/);
  });

  test('but what was only said, and not done, is not taken for done', async () => {
    const before = [
      message('user', 'Book a tune-up on Friday at ten.'),
      message('assistant', 'A tune-up, Friday at ten. Please confirm it on your screen.'),
    ];
    const [said] = await goOn(before, 'No, I meant Thursday.');
    expect(said).not.toContain('done already');
  });
});
