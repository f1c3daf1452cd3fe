import { expect } from 'playwright/test';
import { readOrder } from './call-page.ts';
import { costsMoney, sandboxOnly, test } from './fixtures.ts';

const ASK = 'What is free on Friday?';

test('stop button: response.cancel, output_audio_buffer.clear; the cancelled response has usage', async ({
  open,
  api,
}) => {
  costsMoney(api);
  const call = await open('bare');
  await call.type(ASK);
  await call.next('output_audio_buffer.started');
  await call.send({ type: 'response.cancel' });
  await call.send({ type: 'output_audio_buffer.clear' });
  await call.next('output_audio_buffer.cleared');
  await expect
    .poll(async () => (await call.all('response.done')).map(({ response }) => response.status))
    .toContain('cancelled');
  const done = (await call.all('response.done')).at(-1)?.response;
  expect(done?.status_details).toMatchObject({ type: 'cancelled', reason: 'client_cancelled' });
  expect(done?.usage?.total_tokens).toBeGreaterThan(0);
});

test('a second response.create while one is active is conversation_already_has_active_response', async ({
  open,
  api,
}) => {
  costsMoney(api);
  const call = await open('bare');
  await call.type('Thank you!');
  await call.send({ type: 'response.create' });
  const { error } = await call.next('error');
  expect(error.code).toBe('conversation_already_has_active_response');
  expect(error.message).toMatch(/resp_/);
});

test('push to talk: clear on press, commit and response.create on release', async ({ open, api }) => {
  costsMoney(api);
  const input = { turn_detection: null, transcription: { model: 'gpt-realtime-whisper' } };
  const call = await open('bare', { policy: { audio: { input } } });
  await call.next('session.created');
  const from = await call.passAll();
  await call.send({ type: 'input_audio_buffer.clear' });
  await call.next('input_audio_buffer.cleared');
  await call.say('what-is-free-on-friday');
  await call.send({ type: 'input_audio_buffer.commit' });
  await call.send({ type: 'response.create' });
  await call.next('response.function_call_arguments.done');
  const order = readOrder((await call.events()).slice(from));
  expect(order.slice(0, 5)).toEqual([
    'input_audio_buffer.cleared',
    'input_audio_buffer.committed',
    'conversation.item.added',
    'conversation.item.done',
    'response.created',
  ]);
  const added = (await call.all('conversation.item.added'))[0]?.item;
  expect(added).toMatchObject({ role: 'user', content: [{ type: 'input_audio', transcript: null }] });
});

test('floating transcription: deltas while the user still speaks, and the whole begins with them', async ({
  open,
  api,
}) => {
  costsMoney(api);
  const call = await open('bare', { policy: { tools: [] } });
  await call.next('session.created');
  await call.say('come-in-on-friday');
  const { transcript } = await call.next('conversation.item.input_audio_transcription.completed');
  const types = (await call.events()).map(({ type }) => type);
  expect(types.indexOf('conversation.item.input_audio_transcription.delta')).toBeLessThan(
    types.indexOf('input_audio_buffer.speech_stopped'),
  );
  const deltas = await call.all('conversation.item.input_audio_transcription.delta');
  expect(deltas.map(({ delta }) => delta).join('')).toBe(transcript);
  expect(transcript).toMatch(/friday/i);
});

test('a system message, or instructions for one response: what they ask for is said', async ({
  open,
  api,
}) => {
  costsMoney(api);
  const call = await open('bare', { policy: { tools: [] } });
  await call.next('session.created');
  const text =
    'The line was cut, and the caller’s last words are lost. Say so, and ask them to say it again.';
  const item = { type: 'message', role: 'system', content: [{ type: 'input_text', text }] };
  await call.send({ type: 'conversation.item.create', item });
  await call.send({ type: 'response.create' });
  const told = await call.next('response.output_audio_transcript.done');
  expect(told.transcript).toMatch(/again|repeat/i);
  await call.next('output_audio_buffer.stopped');
  const instructions = 'Ask the caller to speak a little louder.';
  await call.send({ type: 'response.create', response: { instructions } });
  const asked = await call.next('response.output_audio_transcript.done');
  expect(asked.transcript).toMatch(/louder/i);
});

test('idle timeout: silence, and the agent asks on its own', async ({ open, api }) => {
  costsMoney(api);
  const turn_detection = { type: 'server_vad', idle_timeout_ms: 5_000 };
  const call = await open('bare', { policy: { tools: [], audio: { input: { turn_detection } } } });
  await call.type('Thank you!');
  await call.next('output_audio_buffer.stopped');
  const from = await call.passAll();
  await call.next('response.done');
  expect(readOrder((await call.events()).slice(from)).slice(0, 7)).toEqual([
    'input_audio_buffer.timeout_triggered',
    'conversation.item.added',
    'conversation.item.done',
    'input_audio_buffer.committed',
    'conversation.item.added',
    'conversation.item.done',
    'response.created',
  ]);
});

test('text modality: text parts and no sound', async ({ open, api }) => {
  costsMoney(api);
  const call = await open('bare', { policy: { output_modalities: ['text'], tools: [] } });
  await call.type('Thank you!');
  expect((await call.next('response.content_part.added')).part.type).toBe('text');
  await call.next('response.output_text.done');
  await call.next('response.done');
  expect((await call.events()).filter(({ type }) => /audio/.test(type))).toEqual([]);
});

test('recvonly audio: a page without a microphone types and receives audio', async ({ open, api }) => {
  costsMoney(api);
  const call = await open('bare', { listenOnly: true });
  await call.next('session.created');
  const heard = call.heard();
  await call.type('Thank you!');
  await heard;
});

test('an offer without a data channel: a real audio track, and a response to a voice turn', async ({
  open,
  api,
}) => {
  costsMoney(api);
  const call = await open('bare', { withoutChannel: true, policy: { tools: [] } });
  const heard = call.heard();
  await call.say('what-services');
  await heard;
  expect(await call.events()).toEqual([]);
});

test('timing from audio length: started at the first sound, stopped when drained', async ({ open, api }) => {
  costsMoney(api);
  const call = await open('bare');
  await call.type('Thank you!');
  await call.next('output_audio_buffer.started');
  await call.next('output_audio_buffer.stopped');
  const { events, levels } = await call.recording();
  const at = (type: string) => events.findLast((event) => event.type === type)?.atMs ?? 0;
  const audible = levels.filter(({ rms }) => rms > 0.01);
  expect(Math.abs((audible[0]?.atMs ?? 0) - at('output_audio_buffer.started'))).toBeLessThan(400);
  expect(Math.abs((audible.at(-1)?.atMs ?? 0) - at('output_audio_buffer.stopped'))).toBeLessThan(700);
  // Written much sooner than spoken.
  expect(at('output_audio_buffer.stopped') - at('response.done')).toBeGreaterThan(300);
});

test.describe('faults on demand', () => {
  test('drop_channel: the openai SDK notices, and the peer can be killed', async ({ open, api }) => {
    sandboxOnly(api);
    const [dropped, killed] = [await open('openai-webrtc'), await open('agents-sdk')];
    await api.order({ now: { action: 'drop_channel', callId: dropped.callId } });
    await expect.poll(() => dropped.isOpen()).toBe(false);
    await api.order({ now: { action: 'kill_peer', callId: killed.callId } });
    await expect.poll(() => killed.isOpen()).toBe(false);
  });

  test('freeze_audio: the agent falls silent, and its events continue', async ({ open, api }) => {
    sandboxOnly(api);
    const call = await open('bare');
    await call.next('session.created');
    const heard = call.heard();
    await call.type('Thank you!');
    await heard;
    await api.order({ now: { action: 'freeze_audio', callId: call.callId } });
    await call.next('output_audio_buffer.stopped');
    const from = await call.now();
    await call.type('Thank you!');
    await call.next('output_audio_buffer.stopped');
    const { levels } = await call.recording();
    const after = levels.filter(({ atMs }) => atMs > from);
    expect(after.length).toBeGreaterThan(20);
    expect(Math.max(...after.map(({ rms }) => rms))).toBeLessThan(0.01);
  });

  test('refuseIce: the call gets an SDP answer and never connects', async ({ open, api }) => {
    sandboxOnly(api);
    await api.order({ refuseIce: { times: 1 } });
    open('bare').catch(() => 'It never opens.');
    await expect
      .poll(async () => (await api.callLogs()).at(-1), { timeout: 20_000 })
      .toMatchObject({ connected: false, closeReason: 'peer_failed' });
  });

  test('a transcription can be made to fail, and the turn gets a response anyway', async ({ open, api }) => {
    sandboxOnly(api);
    const call = await open('bare');
    await call.next('session.created');
    await api.order({ transcription: { times: 1 } });
    await call.say('what-is-free-on-friday');
    await call.next('conversation.item.input_audio_transcription.failed');
    await call.next('response.function_call_arguments.done');
  });

  test('mint and calls can be made to fail; the SDK reports it', async ({ open, api }) => {
    sandboxOnly(api);
    await api.order({ mint: { status: 429, times: 1 } });
    await expect(open('bare')).rejects.toThrow(/429/);
    await api.order({ calls: { status: 500, times: 1 } });
    await expect(open('agents-sdk')).rejects.toThrow(/500/);
  });

  test('a response can be made to fail, and the call continues', async ({ open, api }) => {
    sandboxOnly(api);
    const call = await open('bare');
    await api.order({ response: { code: 'rate_limit_exceeded', times: 1 } });
    await call.type('Thank you!');
    const { response } = await call.next('response.done');
    expect(response).toMatchObject({
      status: 'failed',
      status_details: { type: 'failed', error: { code: 'rate_limit_exceeded' } },
    });
    await call.send({ type: 'response.create' });
    expect((await call.next('response.done')).response.status).toBe('completed');
  });
});
