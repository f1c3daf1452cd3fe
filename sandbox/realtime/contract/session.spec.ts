import { expect } from 'playwright/test';
import { INSTRUCTIONS } from './find-slots.ts';
import { costsMoney, sandboxOnly, test } from './fixtures.ts';

test('session.update: the Agents SDK overwrites the policy of the secret, and every update is acknowledged', async ({
  open,
}) => {
  const policy = {
    instructions: 'A policy that the client replaces.',
    audio: { input: { turn_detection: { type: 'server_vad', silence_duration_ms: 900 } } },
  };
  const call = await open('agents-sdk', { policy });
  await expect.poll(async () => (await call.all('session.updated')).length).toBe(2);
  const { sent } = await call.recording();
  expect(sent.map(({ type }) => type)).toEqual(['session.update', 'session.update']);
  const session = (await call.all('session.updated')).at(-1)?.session;
  expect(session).toMatchObject({
    instructions: INSTRUCTIONS,
    tracing: 'auto',
    tools: [{ type: 'function', name: 'find_slots' }],
    audio: {
      input: {
        transcription: { model: 'gpt-4o-mini-transcribe' },
        turn_detection: { type: 'semantic_vad', eagerness: 'auto' },
      },
    },
  });
});

test('session.update: merged deeply and acknowledged within 5 s, even with only its type', async ({
  open,
}) => {
  const call = await open('bare');
  await call.next('session.created');
  const askedAtMs = await call.now();
  await call.send({ type: 'session.update', session: { type: 'realtime' } });
  const unchanged = await call.next('session.updated');
  expect(unchanged.session).toMatchObject({ instructions: INSTRUCTIONS });
  // The Agents SDK waits this long.
  expect((await call.now()) - askedAtMs).toBeLessThan(5_000);
  await call.send({
    type: 'session.update',
    session: { type: 'realtime', audio: { input: { turn_detection: { type: 'semantic_vad' } } } },
  });
  expect((await call.next('session.updated')).session).toMatchObject({
    instructions: INSTRUCTIONS,
    audio: {
      input: { turn_detection: { type: 'semantic_vad' }, transcription: { model: 'gpt-realtime-whisper' } },
    },
  });
});

test('session.update: another model refuses the whole update', async ({ open }) => {
  const call = await open('bare');
  await call.next('session.created');
  const session = { type: 'realtime', model: 'gpt-realtime-2.1-mini', instructions: 'Changed.' };
  await call.send({ type: 'session.update', event_id: 'mine', session });
  expect((await call.next('error')).error).toMatchObject({ type: 'invalid_request_error', event_id: 'mine' });
  await call.send({ type: 'session.update', session: { type: 'realtime' } });
  expect((await call.next('session.updated')).session).toMatchObject({ instructions: INSTRUCTIONS });
});

test('session.update: without type, or with an unknown key, is an error that names the parameter', async ({
  open,
}) => {
  const call = await open('bare');
  await call.next('session.created');
  await call.send({ type: 'session.update', session: { instructions: 'x' } });
  expect((await call.next('error')).error.param).toBe('session.type');
  await call.send({ type: 'session.update', session: { type: 'realtime', foo: 1 } });
  expect((await call.next('error')).error).toMatchObject({ code: 'unknown_parameter', param: 'session.foo' });
});

test('session.update: another voice after audio is cannot_update_voice', async ({ open, api }) => {
  costsMoney(api);
  const call = await open('bare');
  await call.type('Thank you!');
  await call.next('response.done');
  const session = { type: 'realtime', audio: { output: { voice: 'cedar' } } };
  await call.send({ type: 'session.update', session });
  expect((await call.next('error')).error.code).toBe('cannot_update_voice');
});

test('items: created, retrieved and deleted; an unknown one is refused with the code of its event', async ({
  open,
}) => {
  const call = await open('bare');
  await call.next('session.created');
  const content = [{ type: 'input_text', text: 'I was here before.' }];
  await call.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
  const { item } = await call.next('conversation.item.added');
  await call.send({ type: 'conversation.item.retrieve', item_id: item.id });
  expect((await call.next('conversation.item.retrieved')).item).toMatchObject({ id: item.id, content });
  await call.send({ type: 'conversation.item.delete', item_id: item.id });
  expect((await call.next('conversation.item.deleted')).item_id).toBe(item.id);
  await call.send({ type: 'conversation.item.retrieve', item_id: item.id });
  expect((await call.next('error')).error.code).toBe('item_retrieve_invalid_item_id');
});

test('items: what would be accepted here and refused there', async ({ open }) => {
  const call = await open('bare');
  await call.next('session.created');
  const refusal = async (item: object): Promise<string | null | undefined> => {
    await call.send({ type: 'conversation.item.create', item });
    return (await call.next('error')).error.code;
  };
  const said = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello.' }] };
  expect(await refusal({ ...said, id: crypto.randomUUID() })).toBe('string_above_max_length');
  const output = { type: 'function_call_output', call_id: 'call_1', output: '{}' };
  expect(await refusal(output)).toBe('invalid_tool_call_id');
  const content = [{ type: 'output_audio', transcript: 'Hello.' }];
  expect(await refusal({ type: 'message', role: 'assistant', content })).toBe('missing_required_parameter');
  await call.send({ type: 'conversation.item.create', item: { ...said, id: 'item_a' } });
  expect((await call.next('conversation.item.added')).item.id).toBe('item_a');
  expect(await refusal({ ...said, id: 'item_a' })).toBe('item_create_duplicate_item_id');
  const cut = { type: 'conversation.item.truncate', content_index: 0, audio_end_ms: 0 };
  await call.send({ ...cut, item_id: 'item_a' });
  expect((await call.next('error')).error.code).toBe('unsupported_content_type');
});

test('error codes: cancel with nothing running, and a commit of no audio', async ({ open }) => {
  const call = await open('bare');
  await call.next('session.created');
  await call.send({ type: 'response.cancel' });
  expect((await call.next('error')).error.code).toBe('response_cancel_not_active');
  const off = { type: 'realtime', audio: { input: { turn_detection: null } } };
  await call.send({ type: 'session.update', session: off });
  await call.next('session.updated');
  await call.send({ type: 'input_audio_buffer.clear' });
  await call.send({ type: 'input_audio_buffer.commit' });
  expect((await call.next('error')).error.code).toBe('input_audio_buffer_commit_empty');
});

test('expiry: session_expired, then the connection closes', async ({ open, api }) => {
  sandboxOnly(api);
  const call = await open('openai-webrtc');
  await call.next('session.created');
  await api.order({ now: { action: 'expire_session', callId: call.callId } });
  expect((await call.next('error')).error.code).toBe('session_expired');
  await expect.poll(() => call.isOpen()).toBe(false);
  expect(await api.callLog(call.callId)).toMatchObject({ closeReason: 'session_expired' });
});
