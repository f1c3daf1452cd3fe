import { describe, expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { createStoreWithFakes, untilState } from '@/lib/client/testing/fake-browser';
import { asDom, FakeStream, FakeTrack } from '@/lib/client/testing/fake-media';
import { liveCall } from '@/lib/client/testing/live-call';

stopClock();

const device = (kind: MediaDeviceKind, deviceId: string, label = `Device ${deviceId}`) =>
  ({ kind, deviceId, label, groupId: '', toJSON: () => ({}) }) satisfies MediaDeviceInfo;

function anotherMicrophone(label: string) {
  const track = new FakeTrack();
  track.label = label;
  const stream = new FakeStream(track);
  return { track, stream, open: async () => asDom<MediaStream>(stream) };
}

describe('devices', () => {
  it('are listed without the second entry of the default, and only with a name', async () => {
    const { store, devices, page } = createStoreWithFakes();
    devices.push(
      device('audioinput', 'default'),
      device('audioinput', 'usb'),
      device('audioinput', '', ''),
      device('audiooutput', 'hdmi'),
      device('videoinput', 'cam'),
    );
    store.commands.openSound();
    const { sound } = await untilState(store, (state) => state.sound.microphones.length > 0);
    expect(sound).toMatchObject({
      microphones: [{ id: 'usb', label: 'Device usb' }],
      speakers: [{ id: 'hdmi', label: 'Device hdmi' }],
    });
    devices.push(device('audioinput', 'headset'));
    page('devicechange');
    await untilState(store, (state) => state.sound.microphones.length === 2);
  });

  it('are remembered, and used by the next call', async () => {
    const { store, remembered, media, microphone, audio } = createStoreWithFakes();
    remembered.set('parley.microphone', 'usb');
    remembered.set('parley.speaker', 'hdmi');
    const asked: MediaStreamConstraints[] = [];
    media.open = async (constraints) => {
      asked.push(constraints);
      return asDom<MediaStream>(microphone);
    };
    store.commands.start();
    await untilState(store, ({ phase }) => phase.name === 'live');
    expect(asked[0]).toMatchObject({ audio: { deviceId: { exact: 'usb' } } });
    expect(audio.sinkId).toBe('hdmi');
    store.commands.chooseMicrophone(null);
    await vi.waitFor(() => expect(remembered.has('parley.microphone')).toBe(false));
  });
});

describe('during a call', () => {
  it('another microphone takes over without a new connection, muted as before', async () => {
    const { store, media, microphone, peer } = await liveCall();
    const before = peer();
    store.commands.setMuted(true);
    const usb = anotherMicrophone('USB microphone');
    media.open = usb.open;
    store.commands.chooseMicrophone('usb');
    await vi.waitFor(() => expect(peer().getSenders()[0]?.track).toBe(usb.track));
    expect(peer()).toBe(before);
    expect(usb.track.enabled).toBe(false);
    expect(microphone.track.readyState).toBe('ended');
    expect(store.getState().transcript).toMatchObject([{ kind: 'note', text: 'Now using USB microphone.' }]);
    store.commands.end();
    expect(usb.track.readyState).toBe('ended');
  });

  it('a microphone that cannot be opened leaves the present one', async () => {
    const { store, media, microphone, remembered } = await liveCall();
    media.open = () => Promise.reject(new DOMException('Busy', 'NotReadableError'));
    store.commands.chooseMicrophone('usb');
    await vi.waitFor(() => expect(store.getState().transcript).toMatchObject([{ kind: 'note' }]));
    expect(microphone.track.readyState).toBe('live');
    await untilState(store, ({ sound }) => sound.microphoneId === null);
    expect(remembered.has('parley.microphone')).toBe(false);
  });

  it('a microphone that another program took is tried again when the user comes back to the page', async () => {
    const { media, microphone, live, page } = await liveCall();
    media.open = () => Promise.reject(new DOMException('Busy', 'NotReadableError'));
    microphone.track.unplug();
    await vi.waitFor(() => expect(live().microphone).toBe('none'));
    page('focus');
    media.open = anotherMicrophone('Built-in').open;
    page('focus');
    await vi.waitFor(() => expect(live().microphone).toBe('on'));
  });

  it('a microphone that was blocked is not asked for again each time the user comes back', async () => {
    const { media, microphone, permission, live, page } = await liveCall();
    permission.state = 'denied';
    let asked = 0;
    media.open = () => {
      asked += 1;
      return Promise.reject(new DOMException('', 'NotAllowedError'));
    };
    microphone.track.unplug();
    await vi.waitFor(() => expect(live().microphone).toBe('none'));
    page('focus');
    page('visible');
    expect(asked).toBe(1);
  });

  it('an unplugged microphone is replaced by the default one', async () => {
    const { store, media, microphone, peer, live } = await liveCall();
    const spare = anotherMicrophone('Built-in');
    media.open = spare.open;
    microphone.track.unplug();
    await vi.waitFor(() => expect(peer().getSenders()[0]?.track).toBe(spare.track));
    expect(live().microphone).toBe('on');
    expect(store.getState().transcript).toMatchObject([
      { kind: 'note', text: 'The microphone was unplugged. Now using Built-in.' },
    ]);
  });

  it('without any microphone the call goes on in writing; one that is plugged in takes over, muted as before', async () => {
    const { store, media, microphone, peer, live, page } = await liveCall();
    store.commands.setMuted(true);
    media.open = () => Promise.reject(new DOMException('None', 'NotFoundError'));
    microphone.track.unplug();
    await vi.waitFor(() => expect(live().microphone).toBe('none'));
    page('devicechange');
    const usb = anotherMicrophone('USB microphone');
    media.open = usb.open;
    page('devicechange');
    await vi.waitFor(() => expect(live().microphone).toBe('muted'));
    expect(peer().getSenders()[0]?.track).toBe(usb.track);
    expect(usb.track.enabled).toBe(false);
    expect(store.getState().transcript).toMatchObject([
      { text: 'The microphone was disconnected. Plug one in, or carry on by typing.' },
      { text: 'Now using USB microphone.' },
    ]);
  });

  it('an unplugged speaker leaves the default one, and says so', async () => {
    const { store, devices, page, audio } = await liveCall();
    devices.push(device('audiooutput', 'hdmi'), device('audiooutput', 'headset'));
    store.commands.chooseSpeaker('headset');
    await vi.waitFor(() => expect(audio.sinkId).toBe('headset'));
    devices.pop();
    page('devicechange');
    await vi.waitFor(() => expect(audio.sinkId).toBe(''));
    expect(store.getState().sound.speakerId).toBeNull();
    expect(store.getState().transcript).toMatchObject([{ kind: 'note' }]);
  });
});

describe('the preview', () => {
  it('opens the microphone before a call, and closes it for the call', async () => {
    const { store, media, sound } = createStoreWithFakes();
    const tried = anotherMicrophone('Tried');
    media.open = tried.open;
    sound.amplitude = 0.5;
    store.commands.previewMicrophone(true);
    await untilState(store, (state) => state.sound.previewing);
    expect(store.levels().user).toBeGreaterThan(0.5);
    store.commands.start();
    await untilState(store, ({ phase }) => phase.name === 'live');
    expect(tried.track.readyState).toBe('ended');
    expect(store.getState().sound.previewing).toBe(false);
  });

  it('says why it could not open, until it is tried again or put away', async () => {
    const { store, media } = createStoreWithFakes();
    media.open = () => Promise.reject(new DOMException('None', 'NotFoundError'));
    store.commands.previewMicrophone(true);
    await untilState(store, ({ sound }) => sound.previewProblem === 'missing');
    expect(store.getState().sound.previewing).toBe(false);
    store.commands.previewMicrophone(false);
    await untilState(store, ({ sound }) => sound.previewProblem === null);
  });

  it('goes on with another microphone when its own is unplugged, and says so when there is none', async () => {
    const { store, media, sound } = createStoreWithFakes();
    const [tried, next] = [anotherMicrophone('Tried'), anotherMicrophone('Next')];
    media.open = tried.open;
    store.commands.previewMicrophone(true);
    await untilState(store, (state) => state.sound.previewing);
    media.open = next.open;
    tried.track.unplug();
    await vi.advanceTimersByTimeAsync(0);
    sound.amplitude = 0.5;
    expect(store.levels().user).toBeGreaterThan(0.5);
    expect(store.getState().sound).toMatchObject({ previewing: true, previewProblem: null });
    media.open = () => Promise.reject(new DOMException('None', 'NotFoundError'));
    next.track.unplug();
    await untilState(store, (state) => state.sound.previewProblem === 'missing');
    expect(store.getState().sound.previewing).toBe(false);
  });

  it('closes the microphone when the page is left: it may be kept for the way back', async () => {
    const { store, media, leavePage } = createStoreWithFakes();
    const tried = anotherMicrophone('Tried');
    media.open = tried.open;
    store.commands.previewMicrophone(true);
    await untilState(store, (state) => state.sound.previewing);
    leavePage();
    expect(tried.track.readyState).toBe('ended');
    expect(store.getState().sound.previewing).toBe(false);
  });

  it('leaves nothing open when it is closed before it has opened', async () => {
    const { store, media } = createStoreWithFakes();
    const late = anotherMicrophone('Late');
    media.open = late.open;
    store.commands.previewMicrophone(true);
    store.commands.previewMicrophone(false);
    await vi.waitFor(() => expect(late.track.readyState).toBe('ended'));
    expect(store.getState().sound.previewing).toBe(false);
  });
});
