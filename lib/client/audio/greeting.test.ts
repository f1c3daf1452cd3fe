import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStoreWithFakes, untilPhase } from '@/lib/client/testing/fake-browser';
import { ticketFor } from '@/lib/client/testing/fake-network';
import { FakePeer, type WireEvent } from '@/lib/client/testing/fake-peer';

const POLICY = { type: 'semantic_vad', eagerness: 'auto' };

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }),
);
afterEach(() => void vi.useRealTimers());

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
  const readDetection = ({ session }: WireEvent) =>
    (session as { audio?: { input: { turn_detection: unknown } } }).audio?.input.turn_detection;
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

it('does not touch the next connection when the first one drops in the greeting', async () => {
  const { channel, play, peer } = await greetedCall();
  play();
  channel.drop();
  await vi.advanceTimersByTimeAsync(12_000);
  expect(peer().channel).not.toBe(channel);
  expect(peer().channel.sent.filter(({ type }) => type === 'input_audio_buffer.clear')).toEqual([]);
});
