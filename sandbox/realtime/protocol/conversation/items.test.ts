import { expect, test } from 'vitest';
import { CallHarness } from '../../testing/call-harness.ts';

const message = (id: string, role: string, type: string, text: string) => ({
  id,
  type: 'message',
  role,
  content: [{ type, text }],
});
const create = (item: object, previous_item_id?: string) => ({
  type: 'conversation.item.create',
  item,
  previous_item_id,
});

test('history is seeded before the first turn, in any order, and counts as said', async () => {
  const call = new CallHarness();
  call.send(create(message('item_b', 'assistant', 'output_text', 'We have two.')));
  call.send(create(message('item_a', 'user', 'input_text', 'What do you have?'), 'root'));
  call.send(create(message('item_c', 'user', 'input_text', 'And on Friday?'), 'item_b'));
  call.send({ type: 'response.create' });
  await call.next('response.done');
  expect(call.all('conversation.item.added').map((event) => event.previous_item_id)).toEqual([
    null,
    null,
    'item_b',
    'item_c',
  ]);
  expect(call.mind.inputs[0]).toMatchObject({ said: ['And on Friday?'], opening: false });
  call.end();
});

test('items are retrieved and deleted by id', async () => {
  const call = new CallHarness();
  call.send(create(message('item_a', 'user', 'input_text', 'Hello.')));
  call.send({ type: 'conversation.item.retrieve', item_id: 'item_a' });
  expect((await call.next('conversation.item.retrieved')).item).toMatchObject({
    id: 'item_a',
    content: [{ type: 'input_text', text: 'Hello.' }],
  });
  call.send({ type: 'conversation.item.delete', item_id: 'item_a' });
  expect((await call.next('conversation.item.deleted')).item_id).toBe('item_a');
  call.send({ type: 'conversation.item.retrieve', item_id: 'item_a' });
  expect((await call.next('error')).error.code).toBe('item_retrieve_invalid_item_id');
  call.end();
});

test.each([
  ['a role with another role’s content', message('x', 'user', 'output_text', 'No.')],
  ['an item that exists', message('item_a', 'user', 'input_text', 'Again.')],
  ['an MCP approval', { type: 'mcp_approval_response', approval_request_id: 'x', approve: true }],
])('an item is refused: %s', async (_what, item) => {
  const call = new CallHarness();
  call.send(create(message('item_a', 'user', 'input_text', 'Hello.')));
  call.send(create(item));
  expect((await call.next('error')).error.type).toBe('invalid_request_error');
  expect(call.call.conversation.entries).toHaveLength(1);
  call.end();
});

test('an unknown previous_item_id is refused', async () => {
  const call = new CallHarness();
  call.send(create(message('item_a', 'user', 'input_text', 'Hello.'), 'item_none'));
  expect((await call.next('error')).error.code).toBe('item_create_invalid_previous_item_id');
  call.end();
});

const IMAGE = { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=' };
const show = (...content: object[]) => create({ type: 'message', role: 'user', content });

test('a picture is kept as it was sent, and the mind learns of it', async () => {
  const call = new CallHarness();
  call.send(show(IMAGE, { type: 'input_text', text: 'What is free?' }));
  call.send(show(IMAGE));
  call.send({ type: 'response.create' });
  expect((await call.next('conversation.item.added')).item).toMatchObject({
    content: [
      { ...IMAGE, detail: 'auto' },
      { type: 'input_text', text: 'What is free?' },
    ],
  });
  await call.next('response.done');
  expect(call.mind.inputs[0]).toMatchObject({ said: ['What is free?'], pictures: 2 });
  call.send({ type: 'response.create' });
  await call.next('response.done');
  expect(call.mind.inputs[1]?.pictures).toBe(0);
  call.end();
});

test('audio that comes without its words is recognised, and counts as said', async () => {
  const call = new CallHarness();
  const audio = Buffer.alloc(24_000 * 2).toString('base64');
  call.send(show({ type: 'input_audio', audio }));
  call.send(show({ type: 'input_audio', audio, transcript: 'on friday' }));
  call.send({ type: 'response.create' });
  await call.next('response.done');
  expect(call.media.speech.recognised).toEqual(['']);
  expect(call.mind.inputs[0]?.said).toEqual(['', 'on friday']);
  call.end();
});
