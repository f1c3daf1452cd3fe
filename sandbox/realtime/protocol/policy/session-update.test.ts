import { expect, test } from 'vitest';
import { CallHarness, listening } from '../../testing/call-harness.ts';

const update = (session: object) => ({ type: 'session.update', event_id: 'mine', session });

test('session.created is first, with the whole session', () => {
  const call = new CallHarness();
  call.call.greet();
  const [created] = call.all('session.created');
  expect(created?.session).toMatchObject({
    type: 'realtime',
    object: 'realtime.session',
    model: 'gpt-realtime-2.1',
    output_modalities: ['audio'],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    audio: {
      input: {
        transcription: null,
        noise_reduction: null,
        turn_detection: {
          type: 'server_vad',
          threshold: 0.5,
          prefix_padding_ms: 300,
          silence_duration_ms: 500,
        },
      },
      output: { voice: 'marin', speed: 1 },
    },
  });
  const { expires_at } = (created?.session ?? {}) as { expires_at?: number };
  expect(expires_at).toBeGreaterThan(Date.now() / 1000 + 3_500);
  call.end();
});

test('every session.update is acknowledged, even one that changes nothing', async () => {
  const call = new CallHarness();
  call.send(update({ type: 'realtime' }));
  call.send(update({ type: 'realtime', tracing: null }));
  await call.next('session.updated');
  await call.next('session.updated');
  call.end();
});

test('session.update merges deeply and keeps unnamed fields', async () => {
  const call = new CallHarness({
    policy: { instructions: 'You are Wren.', ...listening({ noise_reduction: { type: 'near_field' } }) },
  });
  call.send(
    update({
      type: 'realtime',
      audio: { input: { turn_detection: { type: 'server_vad', threshold: 0.8 } } },
    }),
  );
  const { session } = await call.next('session.updated');
  expect(session).toMatchObject({
    instructions: 'You are Wren.',
    audio: {
      input: {
        noise_reduction: { type: 'near_field' },
        transcription: { model: 'gpt-realtime-whisper' },
        turn_detection: { threshold: 0.8, silence_duration_ms: 500, create_response: true },
      },
    },
  });
  call.end();
});

test('another kind of turn detection replaces the first, with its own defaults', async () => {
  const call = new CallHarness();
  call.send(update({ type: 'realtime', audio: { input: { turn_detection: { type: 'semantic_vad' } } } }));
  const { session } = await call.next('session.updated');
  expect(session).toMatchObject({ audio: { input: { turn_detection: { type: 'semantic_vad' } } } });
  expect(JSON.stringify(session)).not.toContain('silence_duration_ms');
  call.end();
});

test('an update without type is missing_required_parameter', async () => {
  const call = new CallHarness();
  call.send(update({ instructions: 'Hi' }));
  const { error } = await call.next('error');
  expect(error).toMatchObject({
    code: 'missing_required_parameter',
    param: 'session.type',
    event_id: 'mine',
  });
  call.end();
});

test('an unknown key is unknown_parameter with its path', async () => {
  const call = new CallHarness();
  call.send(update({ type: 'realtime', audio: { output: { vioce: 'marin' } } }));
  const { error } = await call.next('error');
  expect(error).toMatchObject({ code: 'unknown_parameter', param: 'session.audio.output.vioce' });
  call.end();
});

test('changing the model refuses the whole update', async () => {
  const call = new CallHarness();
  call.send(update({ type: 'realtime', model: 'gpt-realtime-2.1-mini', instructions: 'Changed.' }));
  expect((await call.next('error')).error.param).toBe('session.model');
  expect(call.call.session.instructions).not.toBe('Changed.');
  call.end();
});

test('the voice may change before audio, and refuses the whole update after it', async () => {
  const call = new CallHarness();
  call.send(update({ type: 'realtime', audio: { output: { voice: 'cedar' } } }));
  await call.next('session.updated');
  call.type('Hello.');
  await call.next('response.done');
  call.send(update({ type: 'realtime', instructions: 'Changed.', audio: { output: { voice: 'ash' } } }));
  expect((await call.next('error')).error.code).toBe('cannot_update_voice');
  expect(call.call.session).toMatchObject({ audio: { output: { voice: 'cedar' } } });
  expect(call.call.session.instructions).not.toBe('Changed.');
  call.end();
});

// openai-node, `RealtimeResponseCreateAudioOutput.voice`: not "once the model has responded with audio at least once".
test('a response has the conversation’s voice once it was heard; beside the conversation it has any', async () => {
  const call = new CallHarness();
  const respond = (response: object) => call.send({ type: 'response.create', response });
  respond({ audio: { output: { voice: 'cedar' } } });
  expect((await call.next('response.done')).response.audio?.output?.voice).toBe('cedar');
  respond({ audio: { output: { voice: 'ash' } } });
  expect((await call.next('error')).error).toMatchObject({
    code: 'cannot_update_voice',
    param: 'response.audio.output.voice',
  });
  respond({ audio: { output: { voice: 'ash' } }, conversation: 'none' });
  expect((await call.next('response.done')).response.audio?.output?.voice).toBe('ash');
  call.end();
});

test('the voice is settled with the first word, not with the last', async () => {
  const call = new CallHarness();
  call.type('Hello.');
  await call.next('response.output_audio_transcript.delta');
  call.send(update({ type: 'realtime', audio: { output: { voice: 'ash' } } }));
  expect((await call.next('error')).error.code).toBe('cannot_update_voice');
  call.end();
});

test('what the official SDK sends on connect is accepted', async () => {
  const call = new CallHarness();
  call.send(
    update({
      type: 'realtime',
      instructions: '',
      model: 'gpt-realtime-2.1',
      output_modalities: ['audio'],
      audio: {
        input: {
          format: { type: 'audio/pcm', rate: 24000 },
          noise_reduction: null,
          transcription: { model: 'gpt-4o-mini-transcribe' },
          turn_detection: { type: 'semantic_vad' },
        },
        output: { format: { type: 'audio/pcm', rate: 24000 }, speed: 1 },
      },
    }),
  );
  const { session } = await call.next('session.updated');
  expect((session as { instructions?: string }).instructions).toBe(
    'You are a helpful, friendly voice assistant. Answer briefly.',
  );
  call.end();
});

test.each([
  ['not json', 'invalid_request_error'],
  ['{"type":"no.such.event"}', 'invalid_value'],
  ['{"type":"conversation.item.retrieve","item_id":"item_none"}', 'item_retrieve_invalid_item_id'],
  ['{"type":"response.create","response":{"modalities":["text"]}}', 'unknown_parameter'],
])('a bad message is an error event and the session survives: %s', async (text, code) => {
  const call = new CallHarness();
  call.call.receive(text);
  expect((await call.next('error')).error.code).toBe(code);
  call.type('Still there?');
  await call.next('response.done');
  call.end();
});
