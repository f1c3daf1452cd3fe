import { afterEach, expect, test, vi } from 'vitest';
import { WireAudioReader } from '../../media/audio/wire-audio.ts';
import { CallHarness, listening } from '../../testing/call-harness.ts';

afterEach(() => vi.useRealTimers());

const MS_PER_WORD = 300;

test('a typed turn: the order of the data channel, with audio inside and no output_audio_buffer', async () => {
  const call = new CallHarness({ overSocket: true });
  call.mind.say('Ten and eleven are free.');
  call.type('What is free?');
  const { response } = await call.next('response.done');
  await call.next('rate_limits.updated');
  const order = call.order().filter((type) => !type.startsWith('response.output_audio_transcript.delta'));
  expect(order).toEqual([
    'conversation.item.added',
    'conversation.item.done',
    'response.created',
    'response.output_item.added',
    'conversation.item.added',
    'response.content_part.added',
    ...order.filter((type) => type.startsWith('response.output_audio.delta')),
    'response.output_audio.done',
    'response.output_audio_transcript.done',
    'response.content_part.done',
    'conversation.item.done',
    'response.output_item.done',
    'response.done',
    'rate_limits.updated',
  ]);
  const deltas = call.all('response.output_audio.delta');
  const item = response.output?.[0]?.id;
  expect(deltas.every((delta) => delta.response_id === response.id && delta.item_id === item)).toBe(true);
  const bytes = deltas.reduce((sum, { delta }) => sum + Buffer.from(delta, 'base64').length, 0);
  const expected = 5 * MS_PER_WORD * 24 * 2;
  expect(bytes).toBeGreaterThan(expected * 0.99);
  expect(bytes).toBeLessThanOrEqual(expected);
  call.end();
});

test.each(['audio/pcmu', 'audio/pcma'] as const)(
  '%s both ways: a byte is an eighth of a millisecond',
  async (type) => {
    const format = { type };
    const call = new CallHarness({
      overSocket: true,
      policy: { audio: { input: { format, turn_detection: null }, output: { format } } },
    });
    const frame = Buffer.alloc(160, 0xff).toString('base64');
    for (let count = 0; count < 50; count++) call.send({ type: 'input_audio_buffer.append', audio: frame });
    expect(call.speechInput.heardMs).toBe(1_000);
    call.mind.say('Hello there.');
    call.type('Hello.');
    const { response } = await call.next('response.done');
    expect(response.audio?.output?.format).toEqual(format);
    const deltas = call.all('response.output_audio.delta').map(({ delta }) => Buffer.from(delta, 'base64'));
    const ms = Buffer.concat(deltas).length / 8;
    expect(ms).toBeGreaterThan(2 * MS_PER_WORD - 10);
    expect(ms).toBeLessThanOrEqual(2 * MS_PER_WORD);
    const heard = deltas.flatMap((bytes) => [...new WireAudioReader(type).read(bytes.toString('base64'))]);
    expect(Math.max(...heard.map(Math.abs))).toBeLessThan(20);
    call.end();
  },
);

test('a barge-in cancels the response; the client truncates what was not heard', async () => {
  const call = new CallHarness({ overSocket: true, policy: listening() });
  call.mind.say('Ten and eleven are free on Friday, and noon on Saturday.');
  call.type('What is free?');
  await call.next('response.output_audio.delta');
  const from = call.events.length;
  call.speechInput.start();
  expect(call.order(from)[0]).toBe('input_audio_buffer.speech_started');
  const { response } = await call.next('response.done');
  expect(response).toMatchObject({ status: 'cancelled', status_details: { reason: 'turn_detected' } });
  expect(call.all('conversation.item.truncated')).toEqual([]);

  const item_id = response.output?.[0]?.id;
  const cut = { type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms: 0 };
  expect(call.call.responses.memory.lastSaid).toContain('Friday');
  call.send(cut);
  expect(await call.next('conversation.item.truncated')).toMatchObject({ item_id, audio_end_ms: 0 });
  // What nobody heard was not said.
  expect(call.call.responses.memory.lastSaid).toBeNull();
  call.end();
});

test('only the client can clear what it plays', async () => {
  const call = new CallHarness({ overSocket: true });
  call.send({ type: 'output_audio_buffer.clear', event_id: 'mine' });
  const { error } = await call.next('error');
  expect(error).toMatchObject({ code: 'invalid_value', param: 'type', event_id: 'mine' });
  call.end();
});

test('frozen audio: the events continue without sound', async () => {
  const call = new CallHarness({ overSocket: true });
  call.call.freezeAudio();
  call.type('Hello.');
  await call.next('response.done');
  expect(call.all('response.output_audio.delta')).toEqual([]);
  call.end();
});

test('the idle timeout counts from the end of what the client plays', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const call = new CallHarness({
    overSocket: true,
    policy: listening({ turn_detection: { type: 'server_vad', idle_timeout_ms: 5_000 } }),
  });
  call.mind.say('one two three four five six seven eight nine ten');
  call.type('Count.');
  await call.next('response.done');
  vi.advanceTimersByTime(10 * MS_PER_WORD + 4_900);
  expect(call.all('input_audio_buffer.timeout_triggered')).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(call.all('input_audio_buffer.timeout_triggered')).toHaveLength(1);
  call.end();
});

test('audio is not logged', async () => {
  const call = new CallHarness({ overSocket: true });
  call.send({ type: 'input_audio_buffer.append', audio: '' });
  call.type('Hello.');
  await call.next('response.done');
  const logged = call.call.log.events.map(({ type }) => type);
  expect(logged).toContain('response.output_audio.done');
  expect(logged).not.toContain('response.output_audio.delta');
  expect(logged).not.toContain('input_audio_buffer.append');
  call.end();
});
