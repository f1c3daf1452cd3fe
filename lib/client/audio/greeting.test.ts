import { expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { createStoreWithFakes, untilPhase, untilState } from '@/lib/client/testing/fake-browser';
import { ticketFor } from '@/lib/client/testing/fake-network';
import { FakePeer, type WireEvent } from '@/lib/client/testing/fake-peer';

const POLICY = { type: 'semantic_vad', eagerness: 'auto' };

stopClock();

const readDetection = ({ session }: WireEvent) =>
  (session as { audio?: { input: { turn_detection: unknown } } }).audio?.input.turn_detection;
/** What a server was told about listening, in order. */
const detectionsIn = (sent: readonly WireEvent[]) =>
  sent
    .filter(({ type }) => type === 'session.update')
    .map(readDetection)
    .filter((detection) => detection !== undefined);

/** A call whose agent greets. `heard`: what the server was told about listening, in order. */
async function greetedCall(prepare: (fakes: ReturnType<typeof createStoreWithFakes>) => void = () => {}) {
  const fakes = createStoreWithFakes();
  const { store, network, peer } = fakes;
  network.openCall = () => Response.json(ticketFor('call_n1', { greets: true }), { status: 201 });
  FakePeer.session = { audio: { input: { turn_detection: POLICY } } };
  prepare(fakes);
  store.commands.start();
  await untilPhase(store, 'live');
  const { channel } = peer();
  const heard = () =>
    channel.sent.flatMap((event) => {
      if (event.type !== 'session.update') return event.type === 'response.create' ? ['greet'] : [];
      const detection = readDetection(event);
      return detection === undefined ? [] : [detection];
    });
  const play = () => channel.emit({ type: 'output_audio_buffer.started', response_id: 'resp_1' });
  const stop = () => channel.emit({ type: 'output_audio_buffer.stopped', response_id: 'resp_1' });
  return { ...fakes, channel, heard, play, stop };
}

it('listens for nothing while the greeting plays, then as the server had set', async () => {
  const { heard, play, stop, channel } = await greetedCall();
  expect(heard()).toEqual([null, 'greet']);
  play();
  await vi.advanceTimersByTimeAsync(5_000);
  stop();
  await vi.advanceTimersByTimeAsync(100);
  expect(heard()).toEqual([null, 'greet']);
  await vi.advanceTimersByTimeAsync(50);
  expect(heard()).toEqual([null, 'greet', POLICY]);
  expect(channel.sent.at(-2)).toEqual({ type: 'input_audio_buffer.clear' });
});

it.each([
  ['is stopped by the user', { type: 'output_audio_buffer.cleared', response_id: 'resp_1' }],
  ['fails', { type: 'response.done', response: { id: 'resp_1', status: 'failed', output: [] } }],
] as [string, WireEvent][])('listens again at once when the greeting %s', async (_, event) => {
  const { heard, channel, play } = await greetedCall();
  if (event.type !== 'response.done') play();
  channel.emit(event);
  expect(heard()).toEqual([null, 'greet', POLICY]);
});

it('listens for nothing either while the agent says by itself what a dropped connection took', async () => {
  const { store, peer, channel, play, stop } = await greetedCall();
  play();
  stop();
  await vi.advanceTimersByTimeAsync(200);
  channel.emit({ type: 'input_audio_buffer.speech_started', item_id: 'i', audio_start_ms: 0 });
  channel.drop();
  await vi.advanceTimersByTimeAsync(1_000);
  await untilState(store, ({ phase }) => phase.name === 'live' && phase.call.link === 'good');
  const next = peer().channel;
  const types = () => next.sent.map(({ type }) => type);
  expect(types().slice(-3)).toEqual(['session.update', 'conversation.item.create', 'response.create']);
  expect(detectionsIn(next.sent)).toEqual([null]);
  expect(store.getState().phase).toMatchObject({ call: { turn: 'thinking' } });
  next.emit({ type: 'output_audio_buffer.started', response_id: 'resp_2' });
  next.emit({ type: 'output_audio_buffer.stopped', response_id: 'resp_2' });
  await vi.advanceTimersByTimeAsync(150);
  expect(detectionsIn(next.sent)).toEqual([null, POLICY]);
});

it('lets a greeting that began late be played to its end', async () => {
  const { heard, play } = await greetedCall();
  await vi.advanceTimersByTimeAsync(5_000);
  play();
  await vi.advanceTimersByTimeAsync(12_000);
  expect(heard()).toEqual([null, 'greet']);
});

it.each([
  ['ten seconds after a greeting that never begins', false, 10_000],
  ['twenty seconds into a greeting that never ends', true, 20_000],
])('listens %s', async (_, plays, limitMs) => {
  const { heard, play } = await greetedCall();
  if (plays) play();
  await vi.advanceTimersByTimeAsync(limitMs - 1);
  expect(heard()).toEqual([null, 'greet']);
  await vi.advanceTimersByTimeAsync(1);
  expect(heard()).toEqual([null, 'greet', POLICY]);
});

it('leaves push-to-talk alone', async () => {
  const { heard, play, stop } = await greetedCall(({ remembered }) => {
    remembered.set('parley.push-to-talk', 'on');
  });
  play();
  stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(heard()).toEqual([null, 'greet']);
});

it('listens from the start when the user has typed before the agent could greet', async () => {
  const { heard } = await greetedCall(({ network, store }) => {
    const { openCall } = network;
    network.openCall = (request) => {
      store.commands.sendText('Hello');
      return openCall(request);
    };
  });
  expect(heard().filter((entry) => entry !== 'greet')).toEqual([]);
});

it('begins anew on the next connection when the first one drops in the greeting, and ends there', async () => {
  const { channel, play, peer } = await greetedCall();
  play();
  channel.drop();
  await vi.advanceTimersByTimeAsync(12_000);
  const { sent } = peer().channel;
  expect(peer().channel).not.toBe(channel);
  expect(detectionsIn(sent)).toEqual([null, POLICY]);
  expect(sent.filter(({ type }) => type === 'input_audio_buffer.clear')).toHaveLength(1);
});

it('goes on protecting the greeting when push-to-talk is tried out meanwhile', async () => {
  const { store, heard, play, stop } = await greetedCall();
  play();
  store.commands.setPushToTalk(true);
  store.commands.setPushToTalk(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(heard()).not.toContainEqual(POLICY);
  stop();
  await vi.advanceTimersByTimeAsync(200);
  expect(heard().at(-1)).toEqual(POLICY);
});
