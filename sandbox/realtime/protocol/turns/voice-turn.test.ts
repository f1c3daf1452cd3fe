import { expect, test } from 'vitest';
import { CallHarness, listening } from '../../testing/call-harness.ts';

const TRANSCRIPTION = 'conversation.item.input_audio_transcription';

test.each(['server_vad', 'semantic_vad'] as const)(
  'a voice turn with %s has the recorded order',
  async (type) => {
    const call = new CallHarness({ policy: listening({ turn_detection: { type } }) });
    call.media.speech.holding = true;
    call.speechInput.say('what is free on friday');
    expect(call.order()).toEqual([
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'response.created',
    ]);
    call.media.speech.release();
    await call.next(`${TRANSCRIPTION}.completed`);
    await call.next('response.done');
    expect(call.mind.inputs[0]?.said).toEqual(['what is free on friday']);

    const itemId = call.all('input_audio_buffer.speech_started')[0]?.item_id;
    for (const event of [
      ...call.all('input_audio_buffer.speech_stopped'),
      ...call.all('input_audio_buffer.committed'),
      ...call.all(`${TRANSCRIPTION}.completed`),
    ]) {
      expect(event.item_id).toBe(itemId);
    }
    call.end();
  },
);

test('the user item has a transcript key that is null until it is known', async () => {
  const call = new CallHarness({ policy: listening() });
  call.speechInput.say('hello');
  const { item } = await call.next('conversation.item.added');
  expect(item).toMatchObject({ role: 'user', content: [{ type: 'input_audio', transcript: null }] });
  await call.next(`${TRANSCRIPTION}.completed`);
  call.send({ type: 'conversation.item.retrieve', item_id: item.id });
  const retrieved = await call.next('conversation.item.retrieved');
  expect(retrieved.item).toMatchObject({ content: [{ type: 'input_audio', transcript: 'hello' }] });
  call.end();
});

test('recognition starts at the pause and is reused when the pause was the end', async () => {
  const call = new CallHarness({ policy: listening() });
  call.speechInput.start();
  call.speechInput.pause('half a');
  call.speechInput.resume();
  call.speechInput.pause('half a sentence');
  call.speechInput.stop('half a sentence');
  await call.next('response.done');
  expect(call.media.speech.recognised).toEqual(['half a', 'half a sentence']);
  expect(call.media.speech.aborted).toEqual(['half a']);
  expect(call.media.speech.hints[0]).toEqual(['friday']);
  call.end();
});

test('the start of a response is prepared in the pause, and dropped when the user goes on', async () => {
  const call = new CallHarness({ policy: listening() });
  call.mind.say('Half an answer.').say('An answer.').say('An answer.');
  call.speechInput.start();
  call.speechInput.pause('half a');
  await expect.poll(() => call.media.speech.prepared).toEqual(['Half an answer.']);
  call.speechInput.resume();
  call.speechInput.pause('half a sentence');
  await expect.poll(() => call.media.speech.prepared).toEqual(['Half an answer.', 'An answer.']);
  expect(call.order()).not.toContain('response.created');
  call.speechInput.stop('half a sentence');
  await call.next('response.done');
  expect(call.media.speech.spoken).toEqual(['An answer.']);
  expect(call.mind.inputs.map(({ said }) => said)).toEqual([
    ['half a'],
    ['half a sentence'],
    ['half a sentence'],
  ]);
  call.end();
});

const answersInWriting: ReturnType<typeof listening> = { ...listening(), output_modalities: ['text'] };
const answersOnRequest = listening({ turn_detection: { type: 'server_vad', create_response: false } });

test.each([
  { name: 'aloud', policy: listening(), prepared: ['All right.'] },
  { name: 'in writing', policy: answersInWriting, prepared: [] },
  { name: 'on request', policy: answersOnRequest, prepared: [] },
])('in a pause, a session that responds $name prepares $prepared', async ({ policy, prepared }) => {
  const call = new CallHarness({ policy });
  call.speechInput.start();
  call.speechInput.pause('hello');
  await new Promise(setImmediate);
  expect(call.media.speech.prepared).toEqual(prepared);
  call.end();
});

test('without transcription in the session there are no transcripts, but the mind gets the words', async () => {
  const call = new CallHarness();
  call.speechInput.say('what do you offer');
  await call.next('response.done');
  expect(call.mind.inputs[0]?.said).toEqual(['what do you offer']);
  expect(call.order().filter((type) => type.includes('transcription'))).toEqual([]);
  call.end();
});

test('create_response false commits the turn and waits for the client', async () => {
  const call = new CallHarness({
    policy: listening({ turn_detection: { type: 'server_vad', create_response: false } }),
  });
  call.speechInput.say('hello');
  await call.next(`${TRANSCRIPTION}.completed`);
  expect(call.order()).not.toContain('response.created');
  call.send({ type: 'response.create' });
  await call.next('response.done');
  call.end();
});

test('a failed transcription is reported, and the response comes anyway', async () => {
  const call = new CallHarness({ policy: listening(), transcriptionFails: true });
  call.speechInput.say('hello');
  const { error } = await call.next(`${TRANSCRIPTION}.failed`);
  expect(error.code).toBe('audio_unintelligible');
  call.end();
});

test('a broken recogniser fails the transcription, not the call', async () => {
  const call = new CallHarness({ policy: listening() });
  call.media.speech.broken = true;
  call.speechInput.say('hello');
  await call.next(`${TRANSCRIPTION}.failed`);
  await call.next('response.done');
  expect(call.mind.inputs[0]?.said).toEqual(['']);
  call.end();
});

test('transcription usage is billed by the second or by token, by model', async () => {
  for (const model of ['gpt-realtime-whisper', 'whisper-1']) {
    const bySecond = new CallHarness({ policy: listening({ transcription: { model } }) });
    bySecond.speechInput.say('one two three');
    expect((await bySecond.next(`${TRANSCRIPTION}.completed`)).usage).toEqual({
      type: 'duration',
      seconds: 0.9,
    });
    bySecond.end();
  }

  const byToken = new CallHarness({
    policy: listening({ transcription: { model: 'gpt-4o-mini-transcribe' } }),
  });
  byToken.speechInput.say('one two three');
  expect((await byToken.next(`${TRANSCRIPTION}.completed`)).usage).toMatchObject({
    type: 'tokens',
    input_token_details: { audio_tokens: 9 },
  });
  byToken.end();
});

test('the session sets how the speech input listens', () => {
  const call = new CallHarness({
    policy: listening({ turn_detection: { type: 'server_vad', silence_duration_ms: 300, threshold: 0.7 } }),
  });
  expect(call.speechInput.options).toEqual({ silenceMs: 300, threshold: 0.7, prefixPaddingMs: 300 });
  const turn_detection = { type: 'semantic_vad', eagerness: 'low' };
  call.send({ type: 'session.update', session: { type: 'realtime', audio: { input: { turn_detection } } } });
  expect(call.speechInput.options.silenceMs).toBe(900);
  call.end();
});

test('semantic detection waits longer for a sentence that is not finished', async () => {
  const call = new CallHarness({
    policy: listening({ turn_detection: { type: 'semantic_vad', eagerness: 'high' } }),
  });
  call.speechInput.start();
  call.speechInput.pause('book a tune-up for');
  await expect.poll(() => call.speechInput.options.silenceMs).toBe(2_000);
  call.speechInput.resume();
  expect(call.speechInput.options.silenceMs).toBe(350);
  call.speechInput.stop('book a tune-up for friday');
  await call.next('response.done');
  call.end();
});

test('the greeting is prepared while the channel is still opening', async () => {
  const call = new CallHarness({ policy: listening() });
  call.mind.say('Welcome.').say('Welcome.');
  call.call.connected();
  await expect.poll(() => call.media.speech.prepared).toEqual(['Welcome.']);
  expect(call.mind.inputs[0]).toMatchObject({ opening: true, said: [] });
  expect(call.order()).toEqual([]);
  call.end();
});

test.each(['You', 'Thank you.', 'Yeah.'])(
  'a doubtful turn heard as “%s” is a sound, and needs no reply',
  async (heard) => {
    const call = new CallHarness({ policy: listening() });
    call.speechInput.say(heard, 0.7);
    const { transcript } = await call.next('conversation.item.input_audio_transcription.completed');
    expect(transcript).toBe('');
    await call.next('response.done');
    expect(call.mind.inputs.at(-1)).toMatchObject({ said: [], noise: true });
    call.end();
  },
);

test.each([
  ['Thank you.', 0.95],
  ['Stop.', 0.7],
])('“%s” is taken as said when it was %d sure to be speech', async (heard, certainty) => {
  const call = new CallHarness({ policy: listening() });
  call.speechInput.say(heard, certainty);
  await call.next('response.done');
  expect(call.mind.inputs.at(-1)).toMatchObject({ said: [heard], noise: false });
  call.end();
});
