import { describe, expect, it, vi } from 'vitest';
import { createStoreWithFakes, untilPhase, untilState } from '@/lib/client/testing/fake-browser';
import { asDom, FakeStream, FakeTrack } from '@/lib/client/testing/fake-media';
import { ticketFor } from '@/lib/client/testing/fake-network';

type Fakes = ReturnType<typeof createStoreWithFakes>;

const refuse = (): never => {
  throw new DOMException('different sample-rate', 'NotSupportedError');
};

/** What browsers were reported to refuse. */
const REFUSALS: [string, (fakes: Fakes) => void][] = [
  ['a source', ({ sound }) => Object.assign(sound, { beforeSource: refuse })],
  ['an analyser', ({ sound }) => Object.assign(sound, { createAnalyser: refuse })],
  ['a context', ({ browser }) => Object.assign(browser, { createAudioContext: refuse })],
  ['to resume', ({ sound }) => Object.assign(sound, { resume: () => Promise.reject(new Error('no')) })],
  ['to resume, at once', ({ sound }) => Object.assign(sound, { resume: refuse })],
  ['to close', ({ sound }) => Object.assign(sound, { close: refuse })],
  ['to copy the track', ({ microphone }) => Object.assign(microphone, { clone: refuse })],
];

describe.each(REFUSALS)('a browser that refuses %s', (_, break_) => {
  it('has a call that greets, plays, changes its microphone and ends', async () => {
    const fakes = createStoreWithFakes();
    const { store, network, audio, media, peer, reported, microphone } = fakes;
    network.openCall = () => Response.json(ticketFor('call_n1', { greets: true }), { status: 201 });
    break_(fakes);
    store.commands.start();
    await untilPhase(store, 'live');
    await vi.waitFor(() =>
      expect(peer().channel.sent.some(({ type }) => type === 'response.create')).toBe(true),
    );
    expect(audio.isPlaying).toBe(true);
    expect(store.levels().user).toBeGreaterThanOrEqual(0);

    const other = new FakeStream(new FakeTrack());
    other.track.label = 'Headset';
    media.open = async () => asDom<MediaStream>(other);
    store.commands.chooseMicrophone('headset');
    const { transcript } = await untilState(store, (state) => state.transcript.length > 0);
    expect(transcript).toMatchObject([{ kind: 'note', text: 'Now using Headset.' }]);
    expect(peer().senders[0]?.track).toBe(other.track);
    expect(microphone.track.readyState).toBe('ended');

    store.commands.end();
    await untilPhase(store, 'ended');
    expect(other.track.readyState).toBe('ended');
    expect(reported).toEqual([]);
  });
});

it('is not told that nobody hears it when nobody measures', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  const { store, sound } = createStoreWithFakes();
  sound.state = 'suspended';
  store.commands.start();
  await untilPhase(store, 'live');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(store.getState().phase).toMatchObject({ name: 'live', call: { hint: null } });
  vi.useRealTimers();
});

it('ends a call that cannot begin, with a reason and the error', async () => {
  const { store, network, audio, reported, microphone } = createStoreWithFakes();
  store.commands.start();
  await untilPhase(store, 'connecting');
  const play = audio.play.bind(audio);
  let plays = 0;
  audio.play = () => {
    // The first is the connection's, the second the call's.
    if (++plays === 2) throw new TypeError('broken');
    return play();
  };
  const { phase } = await untilPhase(store, 'ended');
  expect(phase).toMatchObject({ reason: 'setup_failed' });
  expect(reported).toHaveLength(1);
  expect(network.to('/end')).toHaveLength(1);
  expect(microphone.track.readyState).toBe('ended');
});

it('hangs up even when a part of the call cannot be released', async () => {
  const { store, network, audio, reported } = createStoreWithFakes();
  store.commands.start();
  await untilPhase(store, 'live');
  audio.pause = () => {
    throw new TypeError('broken');
  };
  store.commands.end();
  await untilPhase(store, 'ended');
  expect(network.to('/end')).toHaveLength(1);
  expect(reported).toHaveLength(1);
});
