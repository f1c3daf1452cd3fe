import { MicrophoneFailure } from '@/lib/client/api/call-failure';
import { type CallAudio, createCallAudio, type Levels } from '@/lib/client/audio/levels';
import { openMicrophone, stopStream } from '@/lib/client/audio/microphone';
import type { CallBrowser } from '@/lib/client/page/browser';
import type { CallEvent } from '@/lib/client/state/call-event';
import type { SoundDevice, SoundSettings } from '@/lib/client/state/call-state';

const MICROPHONE_KEY = 'parley.microphone';
const SPEAKER_KEY = 'parley.speaker';
const PUSH_TO_TALK_KEY = 'parley.push-to-talk';

/** A call that follows a choice made during the call. */
export interface DeviceFollower {
  /** Returns false when it could not be opened, and the one before stays. */
  changeMicrophone(id: string | null): Promise<boolean>;
  changeSpeaker(id: string | null): void;
  setPushToTalk(on: boolean): void;
}

interface DevicesOptions {
  browser: CallBrowser;
  settings: () => SoundSettings;
  dispatch: (event: CallEvent) => void;
  /** Returns the call that is up. */
  follower: () => DeviceFollower | null;
}

/** Which sound devices there are, and which ones the user chose. */
export interface Devices {
  /** Lists the devices, for the first time or again. */
  open(): void;
  preview(on: boolean): void;
  chooseMicrophone(id: string | null): void;
  chooseSpeaker(id: string | null): void;
  setPushToTalk(on: boolean): void;
  /** Levels of the previewed microphone; `null` without a preview. */
  levels(): Levels | null;
}

/** Leaves out devices without a name, and Chromium's second entries of the default device. */
function selectDevices(all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): SoundDevice[] {
  return all
    .filter((device) => device.kind === kind && device.label !== '')
    .filter(({ deviceId }) => deviceId !== 'default' && deviceId !== 'communications')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** The microphone, open to be tried out before a call. */
function createPreview(browser: CallBrowser, change: (sound: Partial<SoundSettings>) => void) {
  let opened: { audio: CallAudio; stream: MediaStream } | null = null;
  /** Counts openings: one that was closed meanwhile must not stay open. */
  let openings = 0;

  function close(): void {
    openings++;
    if (opened !== null) {
      stopStream(opened.stream);
      opened.audio.close();
      opened = null;
    }
    change({ previewing: false, previewProblem: null });
  }

  async function open(deviceId: string | null): Promise<void> {
    close();
    const opening = openings;
    let stream: MediaStream;
    try {
      stream = await openMicrophone(browser, deviceId ?? undefined);
    } catch (error) {
      const previewProblem = error instanceof MicrophoneFailure ? error.why : 'failed';
      if (opening === openings) change({ previewProblem });
      return;
    }
    if (opening !== openings) {
      stopStream(stream);
      return;
    }
    const audio = createCallAudio(browser);
    audio.meterUser(stream);
    audio.resume();
    opened = { audio, stream };
    change({ previewing: true });
    // Unplugged: the default one takes its place, if there is any.
    const reopen = () => opening === openings && void open(deviceId);
    for (const track of stream.getAudioTracks()) track.addEventListener('ended', reopen);
  }

  return { open, close, isOpen: () => opened !== null, levels: () => opened?.audio.levels() ?? null };
}

export function createDevices({ browser, settings, dispatch, follower }: DevicesOptions): Devices {
  const change = (sound: Partial<SoundSettings>) => dispatch({ type: 'sound_changed', sound });
  const preview = createPreview(browser, change);

  async function list(): Promise<void> {
    const all = await browser.enumerateDevices().catch(() => []);
    const microphones = selectDevices(all, 'audioinput');
    const speakers = selectDevices(all, 'audiooutput');
    change({ microphones, speakers });
    const { speakerId } = settings();
    // The browser falls back to the default on its own; the page says so.
    const isGone = speakers.length > 0 && speakerId !== null && !speakers.some(({ id }) => id === speakerId);
    if (!isGone || follower() === null) return;
    change({ speakerId: null });
    follower()?.changeSpeaker(null);
    dispatch({ type: 'sound_note', text: 'The speaker was unplugged. Now using the default one.' });
  }

  async function openPreview(): Promise<void> {
    await preview.open(settings().microphoneId);
    // Browsers reveal device names from the first permission on.
    if (preview.isOpen()) await list();
  }

  function setMicrophone(id: string | null): void {
    browser.remember(MICROPHONE_KEY, id);
    change({ microphoneId: id });
  }

  change({
    microphoneId: browser.recall(MICROPHONE_KEY),
    speakerId: browser.recall(SPEAKER_KEY),
    pushToTalk: browser.recall(PUSH_TO_TALK_KEY) === 'on',
  });
  browser.listen('devicechange', () => void list());

  return {
    open: () => void list(),
    preview: (on) => void (on ? openPreview() : preview.close()),
    levels: preview.levels,
    async chooseMicrophone(id) {
      const before = settings().microphoneId;
      setMicrophone(id);
      if (preview.isOpen()) void openPreview();
      const isInUse = (await follower()?.changeMicrophone(id)) ?? true;
      if (!isInUse && settings().microphoneId === id) setMicrophone(before);
    },
    chooseSpeaker(id) {
      browser.remember(SPEAKER_KEY, id);
      change({ speakerId: id });
      follower()?.changeSpeaker(id);
    },
    setPushToTalk(on) {
      browser.remember(PUSH_TO_TALK_KEY, on ? 'on' : null);
      change({ pushToTalk: on });
      follower()?.setPushToTalk(on);
    },
  };
}
