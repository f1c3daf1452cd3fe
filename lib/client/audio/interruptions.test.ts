import { describe, expect, it, vi } from 'vitest';
import { callCopy } from '@/components/call/copy/call-copy';
import { createStoreWithFakes, untilPhase, untilState } from '@/lib/client/testing/fake-browser';
import { asDom, FakeStream, FakeTrack } from '@/lib/client/testing/fake-media';

async function liveCall(prepare: (fakes: ReturnType<typeof createStoreWithFakes>) => void = () => {}) {
  const fakes = createStoreWithFakes();
  prepare(fakes);
  fakes.store.commands.start();
  await untilPhase(fakes.store, 'live');
  await vi.waitFor(() => expect(fakes.audio.isPlaying).toBe(true));
  const copy = () => callCopy(fakes.store.getState().phase, 'Ada');
  const notes = () => fakes.store.getState().transcript.filter(({ kind }) => kind === 'note');
  return { ...fakes, copy, notes };
}

const another = (label: string) => {
  const stream = new FakeStream(new FakeTrack());
  stream.track.label = label;
  return stream;
};

describe('the system takes the microphone', () => {
  it('is said at once, never "Listening", and is over when the system gives it back', async () => {
    const { copy, microphone } = await liveCall();
    microphone.track.take(true);
    expect(copy()).toMatchObject({
      sentence: 'Your device has taken the microphone.',
      action: { kind: 'resume_sound' },
      urgent: true,
    });
    microphone.track.take(false);
    expect(copy().sentence).toBe('Listening. Just talk.');
  });

  it('is taken back with one tap: opened anew in the same connection, muted as before', async () => {
    const { store, copy, microphone, media, peer, notes } = await liveCall();
    store.commands.setMuted(true);
    microphone.track.take(true);
    const next = another('Phone');
    media.open = async () => asDom<MediaStream>(next);
    store.commands.resumeSound();
    await vi.waitFor(() => expect(copy().sentence).toBe('You’re muted.'));
    expect(peer().senders[0]?.track).toBe(next.track);
    expect(next.track.enabled).toBe(false);
    expect(microphone.track.readyState).toBe('ended');
    expect(notes()).toEqual([]);
  });

  it('says so when it is still in use, and stays as it is', async () => {
    const { store, copy, microphone, media, notes } = await liveCall();
    microphone.track.take(true);
    media.open = () => Promise.reject(new DOMException('', 'NotReadableError'));
    store.commands.resumeSound();
    await vi.waitFor(() =>
      expect(notes()).toMatchObject([{ text: expect.stringContaining('still in use') }]),
    );
    expect(copy().sentence).toBe('Your device has taken the microphone.');
  });

  it('is said when it was so before the call was up', async () => {
    const { copy } = await liveCall(({ microphone }) => {
      microphone.track.muted = true;
    });
    expect(copy().sentence).toBe('Your device has taken the microphone.');
  });
});

describe('the system pauses the sound', () => {
  it('is said, and one tap plays on', async () => {
    const { store, audio, copy } = await liveCall();
    audio.pause();
    expect(copy()).toMatchObject({
      sentence: 'Your device has paused the sound.',
      action: { kind: 'resume_sound' },
    });
    store.commands.resumeSound();
    await vi.waitFor(() => expect(copy().sentence).toBe('Listening. Just talk.'));
    expect(audio.isPlaying).toBe(true);
  });

  it.each([
    ['the page comes back', ({ page }) => page('visible')],
    ['the microphone comes back', ({ microphone }) => microphone.track.take(false)],
    ['the audio of the page comes back', ({ sound }) => sound.change('running')],
  ] as [string, (call: Awaited<ReturnType<typeof liveCall>>) => void][])(
    'plays on by itself when %s',
    async (_, back) => {
      const call = await liveCall();
      call.microphone.track.take(true);
      call.sound.change('interrupted');
      call.audio.pause();
      call.microphone.track.muted = false;
      back(call);
      await vi.waitFor(() => expect(call.audio.isPlaying).toBe(true));
    },
  );

  it('does not mistake the end of a connection or of the call for it', async () => {
    const { store, audio, peer } = await liveCall();
    const stream = audio.srcObject as FakeStream;
    stream.track.stop();
    audio.pause();
    expect(store.getState().phase).toMatchObject({ call: { interruption: null } });
    peer().channel.drop();
    store.commands.end();
    await untilPhase(store, 'ended');
  });
});

describe('devices and permissions in the middle of a call', () => {
  const input = (deviceId: string, label: string) =>
    ({ kind: 'audioinput', deviceId, label, groupId: label, toJSON: () => ({}) }) satisfies MediaDeviceInfo;

  it('follows the system to a headset that becomes the default', async () => {
    const { devices, media, page, store, peer, notes } = await liveCall((fakes) => {
      fakes.devices.splice(0, 1, input('default', 'Default - Built-in'), input('a', 'Built-in'));
    });
    const headset = another('Headset');
    media.open = async () => asDom<MediaStream>(headset);
    page('devicechange');
    await Promise.resolve();
    expect(notes()).toEqual([]);
    devices.splice(0, 1, input('default', 'Default - Headset'));
    page('devicechange');
    await untilState(store, (state) => state.transcript.length > 0);
    expect(notes()).toMatchObject([{ text: 'Now using Headset.' }]);
    expect(peer().senders[0]?.track).toBe(headset.track);
  });

  it('keeps the chosen microphone whatever the default is, and goes back to it when it returns', async () => {
    const { devices, media, microphone, page, store, notes } = await liveCall((fakes) => {
      fakes.remembered.set('parley.microphone', 'usb');
      fakes.devices.splice(0, 1, input('default', 'Built-in'), input('usb', 'Desk'));
    });
    const asked: MediaStreamConstraints[] = [];
    const builtIn = another('Built-in');
    media.open = async (constraints) => {
      asked.push(constraints);
      if (asked.length === 1) throw new DOMException('', 'OverconstrainedError');
      return asDom<MediaStream>(asked.length === 2 ? builtIn : another('Desk'));
    };
    devices.splice(1, 1);
    microphone.track.unplug();
    await untilState(store, (state) => state.transcript.length === 1);
    devices.push(input('usb', 'Desk'));
    page('devicechange');
    await untilState(store, (state) => state.transcript.length === 2);
    expect(notes()).toMatchObject([
      { text: 'The microphone was unplugged. Now using Built-in.' },
      { text: 'Now using Desk.' },
    ]);
    expect(asked.at(-1)).toMatchObject({ audio: { deviceId: { exact: 'usb' } } });
  });

  it('says that the permission was taken away, and goes on when it is given again', async () => {
    const { media, microphone, permission, store, notes } = await liveCall();
    media.open = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    permission.state = 'denied';
    microphone.track.unplug();
    await untilState(store, ({ phase }) => phase.name === 'live' && phase.call.microphone === 'none');
    expect(notes()).toMatchObject([
      { text: 'The microphone was blocked. Allow it again, or carry on by typing.' },
    ]);
    const next = another('Built-in');
    media.open = async () => asDom<MediaStream>(next);
    await vi.waitFor(() => {
      permission.change('granted');
      expect(store.getState().phase).toMatchObject({ call: { microphone: 'on' } });
    });
    expect(next.track.enabled).toBe(true);
  });
});
