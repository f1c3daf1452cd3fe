import { expect, test } from 'vitest';
import { CallHarness } from '../../testing/call-harness.ts';

const transcribing = { audio: { input: { transcription: { model: 'gpt-4o-transcribe' } } } };

test('a transcription session shows its input alone', async () => {
  const call = new CallHarness({ overSocket: true, transcribing });
  call.call.greet();
  const { session } = await call.next('session.created');
  expect(session).toEqual({
    type: 'transcription',
    object: 'realtime.transcription_session',
    id: expect.stringMatching(/^sess_/),
    expires_at: expect.any(Number),
    include: null,
    audio: {
      input: {
        format: { type: 'audio/pcm', rate: 24000 },
        transcription: { model: 'gpt-4o-transcribe' },
        noise_reduction: null,
        turn_detection: {
          type: 'server_vad',
          threshold: 0.5,
          prefix_padding_ms: 300,
          silence_duration_ms: 500,
          idle_timeout_ms: null,
        },
      },
    },
  });
  call.end();
});

test('it transcribes turns and answers none', async () => {
  const call = new CallHarness({ overSocket: true, transcribing });
  call.call.connected();
  for (const said of ['book a tune-up', 'on friday']) {
    call.speechInput.say(said);
    const { transcript } = await call.next('conversation.item.input_audio_transcription.completed');
    expect(transcript).toBe(said);
  }
  expect(call.order().filter((type) => type.startsWith('response.'))).toEqual([]);
  expect(call.mind.inputs).toEqual([]);
  call.end();
});

test.each([
  { type: 'response.create' },
  { type: 'conversation.item.create', item: { type: 'message', role: 'user', content: [] } },
  { type: 'output_audio_buffer.clear' },
])('$type is refused in it', async (event) => {
  const call = new CallHarness({ overSocket: true, transcribing });
  call.send(event);
  expect((await call.next('error')).error).toMatchObject({ code: 'invalid_value', param: 'type' });
  call.end();
});

test('it stays what it is, and so does a conversation', async () => {
  const [transcription, conversation] = [new CallHarness({ transcribing }), new CallHarness()];
  transcription.send({ type: 'session.update', session: { type: 'realtime' } });
  conversation.send({ type: 'session.update', session: { type: 'transcription' } });
  expect((await transcription.next('error')).error.code).toBe('invalid_parameter');
  expect((await conversation.next('error')).error).toMatchObject({
    code: 'invalid_parameter',
    message: 'Passing a transcription session update event to a realtime session is not allowed.',
  });
  transcription.end();
  conversation.end();
});

test('gpt-realtime-whisper finds no turns: the client commits them', async () => {
  const model = 'gpt-realtime-whisper';
  const call = new CallHarness({ overSocket: true, transcribing });
  const update = (input: object) =>
    call.send({ type: 'session.update', session: { type: 'transcription', audio: { input } } });
  update({ transcription: { model }, turn_detection: { type: 'server_vad' } });
  expect((await call.next('error')).error.param).toBe('session.audio.input.turn_detection');
  update({ transcription: { model } });
  expect((await call.next('session.updated')).session).toMatchObject({
    audio: { input: { turn_detection: null } },
  });
  call.speechInput.hold('what do you offer', 1_200);
  call.send({ type: 'input_audio_buffer.commit' });
  const { transcript } = await call.next('conversation.item.input_audio_transcription.completed');
  expect(transcript).toBe('what do you offer');
  call.end();
});
