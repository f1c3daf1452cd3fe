import { describe, expect, test } from 'vitest';
import { CallHarness } from '../../testing/call-harness.ts';

const findSlots = { name: 'find_slots', arguments: { day: 'friday' } };
const listServices = { name: 'list_services', arguments: {} };

function answer(call: CallHarness, callId: string | undefined, output: string): void {
  call.send({
    type: 'conversation.item.create',
    item: { type: 'function_call_output', call_id: callId, output },
  });
}

test('a function call has the recorded order', async () => {
  const call = new CallHarness();
  call.mind.call([findSlots]).say('Ten is free.');
  call.type('What is free on Friday?');
  await call.next('rate_limits.updated');
  expect(call.order(2)).toEqual([
    'response.created',
    'response.output_item.added',
    'conversation.item.added',
    'response.function_call_arguments.delta*',
    'response.function_call_arguments.done',
    'conversation.item.done',
    'response.output_item.done',
    'response.done',
    'rate_limits.updated',
  ]);
  const [added] = call.all('response.output_item.added');
  expect(added?.item).toMatchObject({ type: 'function_call', status: 'in_progress', arguments: '' });
  const [done] = call.all('response.function_call_arguments.done');
  expect(done).toMatchObject({ name: 'find_slots', arguments: '{"day":"friday"}' });
  const deltas = call.all('response.function_call_arguments.delta').map(({ delta }) => delta);
  expect(deltas.join('')).toBe('{"day":"friday"}');

  const before = call.events.length;
  answer(call, done?.call_id, '{"ok":true,"summary":"Ten is free."}');
  call.send({ type: 'response.create' });
  await call.next('response.done');
  expect(call.order(before).slice(0, 3)).toEqual([
    'conversation.item.added',
    'conversation.item.done',
    'response.created',
  ]);
  expect(call.mind.inputs[1]?.results).toEqual([
    { name: 'find_slots', arguments: { day: 'friday' }, output: '{"ok":true,"summary":"Ten is free."}' },
  ]);
  call.end();
});

test('the call handles what was said before it; what is said after it is new', async () => {
  const call = new CallHarness();
  call.mind.call([findSlots]);
  call.type('What is free on Friday?');
  const { call_id } = await call.next('response.function_call_arguments.done');
  await call.next('response.done');
  answer(call, call_id, '"Ten is free."');
  call.type('And on Saturday?');
  await call.next('response.done');
  expect(call.mind.inputs[1]).toMatchObject({
    said: ['And on Saturday?'],
    results: [{ name: 'find_slots' }],
  });
  call.end();
});

test('parallel calls are separate output items of one response', async () => {
  const call = new CallHarness();
  call.mind.call([findSlots, listServices]);
  call.type('What do you offer, and what is free on Friday?');
  const { response } = await call.next('response.done');
  expect(response.output).toMatchObject([
    { type: 'function_call', name: 'find_slots', status: 'completed' },
    { type: 'function_call', name: 'list_services', status: 'completed' },
  ]);
  const ids = call.all('response.function_call_arguments.done').map(({ call_id }) => call_id);
  expect(new Set(ids).size).toBe(2);
  expect(call.all('response.output_item.added').map(({ output_index }) => output_index)).toEqual([0, 1]);
  call.end();
});

test('a 2.x model may say something before the call, as commentary', async () => {
  const call = new CallHarness();
  call.mind.call([findSlots], 'Let me look.').say('Ten is free.');
  call.type('What is free on Friday?');
  const { response } = await call.next('response.done');
  expect(response.output).toMatchObject([
    { type: 'message', phase: 'commentary', content: [{ transcript: 'Let me look.' }] },
    { type: 'function_call', name: 'find_slots' },
  ]);
  call.end();
});

test('the output may come before response.done, but response.create must wait for it', async () => {
  const call = new CallHarness();
  call.mind.call([findSlots, listServices]);
  call.type('Both, please.');
  const { call_id } = await call.next('response.function_call_arguments.done');
  answer(call, call_id, '[]');
  call.send({ type: 'response.create' });
  expect((await call.next('error')).error.code).toBe('conversation_already_has_active_response');
  await call.next('response.done');
  call.send({ type: 'response.create' });
  expect((await call.next('response.done')).response.status).toBe('completed');
  call.end();
});

test('tool_choice none offers the mind no tools, a named one offers only that', async () => {
  const tools = [
    { type: 'function' as const, name: 'a' },
    { type: 'function' as const, name: 'b' },
  ];
  const call = new CallHarness({ policy: { tools } });
  call.send({ type: 'response.create', response: { tool_choice: 'none' } });
  await call.next('response.done');
  call.send({ type: 'response.create', response: { tool_choice: { type: 'function', name: 'b' } } });
  await call.next('response.done');
  expect(call.mind.inputs.map((input) => input.tools.map(({ name }) => name))).toEqual([[], ['b']]);
  call.end();
});

describe('told to go on after words that were cut, the agent replies once more to what they were about', () => {
  const message = (role: 'user' | 'assistant' | 'system', text: string) => ({
    type: 'conversation.item.create',
    item: {
      type: 'message',
      role,
      content: [{ type: role === 'assistant' ? 'output_text' : 'input_text', text }],
    },
  });

  async function goOn(...before: Parameters<CallHarness['send']>[0][]) {
    const call = new CallHarness();
    call.mind.say('Ten is free.');
    for (const item of before) call.send(item);
    call.send(message('system', 'The connection dropped. Go on with your reply.'));
    call.send({ type: 'response.create' });
    await call.next('response.done');
    call.end();
    return call.mind.inputs[0];
  }

  test('a request', async () => {
    const input = await goOn(
      message('user', 'Hello.'),
      message('assistant', 'Good morning.'),
      message('user', 'What is free on Friday?'),
      message('assistant', 'On Friday'),
    );
    expect(input).toMatchObject({ said: ['What is free on Friday?'], results: [] });
  });

  test('a result', async () => {
    const input = await goOn(
      message('user', 'What is free on Friday?'),
      {
        type: 'conversation.item.create',
        item: { type: 'function_call', call_id: 'call_1', name: 'find_slots', arguments: '{"day":"friday"}' },
      },
      {
        type: 'conversation.item.create',
        item: { type: 'function_call_output', call_id: 'call_1', output: '"Ten is free."' },
      },
      message('assistant', 'Ten'),
    );
    expect(input).toMatchObject({ said: [], results: [{ name: 'find_slots', output: '"Ten is free."' }] });
  });
});
