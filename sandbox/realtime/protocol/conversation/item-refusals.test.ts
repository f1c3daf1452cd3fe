import { expect, test } from 'vitest';
import { CallHarness } from '../../testing/call-harness.ts';

/** What OpenAI refuses about items. Each case names where the words or the rule were read. */

const message = (id: string, previous_item_id?: string) => ({
  type: 'conversation.item.create',
  previous_item_id,
  item: { id, type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello.' }] },
});
const create = (item: object) => ({ type: 'conversation.item.create', item });

/** A call with one message of the user. */
function callWithItem(): CallHarness {
  const call = new CallHarness();
  call.send(message('item_a'));
  return call;
}

// Speaches, tests/realtime: the same assertions run against OpenAI. The wording of `create`: recordings of mid-2026.
test.each([
  [
    { type: 'conversation.item.retrieve', item_id: 'yo' },
    'item_retrieve_invalid_item_id',
    "Error retrieving item: the item with id 'yo' does not exist.",
  ],
  [
    { type: 'conversation.item.delete', item_id: 'yo' },
    'item_delete_invalid_item_id',
    "Error deleting item: the item with id 'yo' does not exist.",
  ],
  [
    { type: 'conversation.item.truncate', item_id: 'yo', content_index: 0, audio_end_ms: 0 },
    'item_truncate_invalid_item_id',
    "Error truncating item: the item with id 'yo' does not exist.",
  ],
  [
    message('item_a'),
    'item_create_duplicate_item_id',
    "Error adding item: an item with id 'item_a' already exists.",
  ],
  [
    message('item_b', 'yo'),
    'item_create_invalid_previous_item_id',
    "Error adding item: the previous item with id 'yo' does not exist.",
  ],
])('an id that does not fit is refused in the words of its event: %j', async (event, code, text) => {
  const call = callWithItem();
  call.send(event);
  const { error } = await call.next('error');
  expect(error).toMatchObject({ type: 'invalid_request_error', code, param: null, message: text });
  expect(call.call.conversation.entries).toHaveLength(1);
  call.end();
});

// Speaches, tests/realtime: `previous_item_id: ''` appends, as if it were left out.
test('an empty previous_item_id appends', () => {
  const call = callWithItem();
  call.send(message('item_b', ''));
  expect(call.all('conversation.item.added').at(-1)?.previous_item_id).toBe('item_a');
  call.end();
});

const LONG = 'a'.repeat(33);
const call_id = LONG;

// "Invalid 'item.id': string too long. Expected a string with maximum length 32, …": what a UUID gets. The pattern:
// livekit/agents#1717, for call ids livekit/agents#5652.
test.each([
  [{ ...message(LONG).item }, 'string_above_max_length', 'item.id', 'string too long'],
  [{ ...message('a b').item }, 'invalid_value', 'item.id', 'string does not match pattern'],
  [
    { type: 'function_call', call_id, name: 'look', arguments: '{}' },
    'string_above_max_length',
    'item.call_id',
    'Expected a string with maximum length 32, but got a string with length 33 instead.',
  ],
  [
    { type: 'function_call_output', call_id: 'call/1', output: '' },
    'invalid_value',
    'item.call_id',
    "'^[a-zA-Z0-9_-]+$'",
  ],
])('an id of another shape is refused: %j', async (item, code, param, words) => {
  const call = new CallHarness();
  call.send(create(item));
  const { error } = await call.next('error');
  expect(error).toMatchObject({ code, param });
  expect(error.message).toContain(words);
  call.end();
});

// livekit/agents#3344; openai-node: "the server will check that a `function_call` item with the same ID exists".
test('an output of a call that nobody made is invalid_tool_call_id', async () => {
  const call = new CallHarness();
  const output = create({ type: 'function_call_output', call_id: 'call_1', output: '{}' });
  call.send(output);
  expect((await call.next('error')).error).toMatchObject({
    code: 'invalid_tool_call_id',
    param: null,
    message: "Tool call ID 'call_1' not found in conversation.",
  });
  call.send(create({ type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}' }));
  call.send(output);
  expect(call.all('conversation.item.done')).toHaveLength(2);
  call.end();
});

// openai-agents-js#963: what a history looks like that is sent back as it was received. openai-node: "it cannot populate
// assistant audio messages". Of the user's sound: clients that ran into "Missing required parameter: 'item.content[0].audio'."
test.each([
  [
    'assistant',
    { type: 'output_audio', transcript: 'Hello.', audio: null },
    'missing_required_parameter',
    'text',
  ],
  ['assistant', { type: 'output_audio', text: 'Hello.' }, 'invalid_value', 'type'],
  ['user', { type: 'input_audio', transcript: 'Hello.' }, 'missing_required_parameter', 'audio'],
  ['user', { type: 'input_audio', transcript: 'Hello.', audio: null }, 'invalid_type', 'audio'],
])('sound is not created without what it needs: %s %j', async (role, part, code, field) => {
  const call = new CallHarness();
  call.send(create({ type: 'message', role, content: [part] }));
  const param = `item.content[0].${field}`;
  expect((await call.next('error')).error).toMatchObject({ code, param });
  call.end();
});

// openai-node, `image_url`: "as a data URI … Supported formats are PNG and JPEG"; LiveKit leaves out addresses for it.
test.each([
  'https://shop.example/wheel.png',
  'data:image/webp;base64,UklGRg==',
  'data:image/png;base64,not base64!',
])('a picture is PNG or JPEG within the event: %s', async (image_url) => {
  const call = new CallHarness();
  const content = [
    { type: 'input_text', text: 'See?' },
    { type: 'input_image', image_url },
  ];
  call.send(create({ type: 'message', role: 'user', content }));
  const { error } = await call.next('error');
  expect(error).toMatchObject({ code: 'invalid_value', param: 'item.content[1].image_url' });
  expect(error.message).toContain("'item.content[1].image_url'. Expected a base64-encoded data URL");
  call.end();
});

const truncate = (item_id: string | undefined, audio_end_ms: number, content_index = 0) => ({
  type: 'conversation.item.truncate',
  item_id,
  content_index,
  audio_end_ms,
});

/** A call whose agent said four words: 1,200 ms. */
async function callThatSpoke(): Promise<{ call: CallHarness; itemId: string | undefined }> {
  const call = callWithItem();
  call.mind.say('Ten and eleven today.');
  call.send({ type: 'response.create' });
  const { response } = await call.next('response.done');
  return { call, itemId: response.output?.[0]?.id };
}

// openclaw#125502, twilio-samples…python#45: clients that measure by the clock ask for more than there is.
test('more than was said cannot be kept', async () => {
  const { call, itemId } = await callThatSpoke();
  call.send(truncate(itemId, 1_201));
  expect((await call.next('error')).error).toMatchObject({
    code: 'invalid_value',
    message: 'Audio content of 1200ms is already shorter than 1201ms',
  });
  call.send(truncate(itemId, 600));
  expect((await call.next('conversation.item.truncated')).audio_end_ms).toBe(600);
  call.send(truncate(itemId, 1_200));
  expect((await call.next('error')).error.message).toContain('600ms is already shorter than 1200ms');
  call.end();
});

// livekit/agents#6157: code and words, of a user's message and of an agent's that has no sound yet.
test('only sound of the model can be truncated', async () => {
  const { call, itemId } = await callThatSpoke();
  call.send(create({ id: 'item_t', type: 'message', role: 'assistant', content: [] }));
  for (const refused of [truncate('item_a', 0), truncate('item_t', 0), truncate(itemId, 0, 1)]) {
    call.send(refused);
    expect((await call.next('error')).error).toMatchObject({
      code: 'unsupported_content_type',
      message: 'Only model output audio messages can be truncated',
    });
  }
  call.end();
});
