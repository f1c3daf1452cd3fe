import { MicrophoneFailure } from '@/lib/client/api/call-failure';
import { openMicrophone, stopStream, watchPermission } from '@/lib/client/audio/microphone';
import { watchWantedDevice } from '@/lib/client/audio/wanted-device';
import type { CallBrowser } from '@/lib/client/page/browser';
import type { MicrophoneProblem } from '@/lib/client/state/call-state';

interface CallMicrophoneOptions {
  browser: CallBrowser;
  /** Already open. Belongs to the microphone from here on. */
  stream: MediaStream;
  /** The stream is no device, but the silence of a typed call. */
  isSilence: boolean;
  /** The device that the user chose; `null`: the system's default. */
  deviceId: string | null;
  /** Another stream took the place of the one before. */
  onStream: (stream: MediaStream) => void;
  onNote: (text: string) => void;
  /** The system took the microphone for something else, or gave it back. */
  onTaken: (taken: boolean) => void;
  /** The microphone is gone, and there is no other. */
  onLost: (why: MicrophoneProblem) => void;
  /** After that: one was plugged in, allowed or chosen. */
  onFound: (label: string) => void;
}

/**
 * The one microphone of a call; its device may change. Belongs to the call, not to a connection: what is muted stays
 * muted when the connection is replaced.
 */
export interface CallMicrophone {
  stream(): MediaStream;
  isMuted(): boolean;
  /** Muted is silence at the source: the track itself sends nothing. */
  setMuted(muted: boolean): void;
  /** Push-to-talk closes the microphone between sentences. Open, it still sends nothing while muted. */
  setOpen(open: boolean): void;
  /** `null`: the system's default. Returns false when the other cannot be opened: then the present device stays. */
  change(deviceId: string | null): Promise<boolean>;
  /** Opens the microphone anew if the system has taken it. */
  reopen(): Promise<void>;
  /** The user comes back from elsewhere, where what stood in the way of the lost microphone may have been closed. */
  returned(): void;
  close(): void;
}

const microphoneLabel = (stream: MediaStream): string =>
  stream.getAudioTracks()[0]?.label || 'the default microphone';

interface TrackListener {
  onEnded: () => void;
  onTaken: (taken: boolean) => void;
}

/** Watches the tracks of a stream for as long as it is the one in use. */
function watchTracks(stream: MediaStream, isInUse: () => boolean, listener: TrackListener): void {
  for (const track of stream.getAudioTracks()) {
    track.addEventListener('ended', () => isInUse() && listener.onEnded());
    track.addEventListener('mute', () => isInUse() && listener.onTaken(true));
    track.addEventListener('unmute', () => isInUse() && listener.onTaken(false));
  }
}

/** Opens one microphone after another. Only the latest of several changes is adopted. */
function createOpener(browser: CallBrowser, adopt: (next: MediaStream, note: string | null) => void) {
  let changes = 0;
  let isClosed = false;
  return {
    close() {
      isClosed = true;
    },
    /** Returns false after a failure. */
    async open(
      deviceId: string | null,
      noteOn: (label: string) => string | null,
      onFailure: (why: MicrophoneProblem) => void,
    ): Promise<boolean> {
      const change = ++changes;
      const isLate = () => isClosed || change !== changes;
      try {
        const next = await openMicrophone(browser, deviceId ?? undefined);
        if (isLate()) stopStream(next);
        else adopt(next, noteOn(microphoneLabel(next)));
      } catch (error) {
        if (isLate()) return true;
        onFailure(error instanceof MicrophoneFailure ? error.why : 'failed');
        return false;
      }
      return true;
    },
  };
}

/** Only the user can lift these, in the browser. */
const NEEDS_PERMISSION: readonly MicrophoneProblem[] = ['blocked', 'dismissed'];

/** Why there is no microphone any more; `null` while there is one. What only the user can lift is watched. */
function createLoss(browser: CallBrowser, onLifted: () => void) {
  let why: MicrophoneProblem | null = null;
  let stopWatching = () => {};
  const needsUser = () => why !== null && NEEDS_PERMISSION.includes(why);
  return {
    isSet: () => why !== null,
    needsUser,
    set(next: MicrophoneProblem | null) {
      why = next;
      stopWatching();
      if (needsUser()) stopWatching = watchPermission(browser, onLifted);
    },
  };
}

const NOT_CHANGED = 'That microphone couldn’t be opened, so nothing changed.';
const STILL_TAKEN = 'The microphone is still in use. Try again when it is free.';
const nowUsing = (label: string) => `Now using ${label}.`;

export function createCallMicrophone(options: CallMicrophoneOptions): CallMicrophone {
  const { browser, isSilence, onStream, onNote, onTaken, onLost, onFound } = options;
  let { stream, deviceId } = options;
  let isMuted = false;
  let isOpen = true;
  let isTaken = false;

  const loss = createLoss(browser, replaceLost);
  const opener = createOpener(browser, adopt);
  const wanted = watchWantedDevice(browser, () => deviceId, followDevices);
  const isLive = () => stream.getAudioTracks().some(({ readyState }) => readyState === 'live');
  const applyEnabled = () => {
    for (const track of stream.getAudioTracks()) track.enabled = isOpen && !isMuted;
  };
  const setTaken = (taken: boolean) => {
    if (taken === isTaken) return;
    isTaken = taken;
    onTaken(taken);
  };

  function watch(watched: MediaStream): void {
    if (isSilence) return;
    watchTracks(watched, () => watched === stream, { onEnded: replaceLost, onTaken: setTaken });
    setTaken(watched.getAudioTracks().some(({ muted }) => muted));
  }

  function adopt(next: MediaStream, note: string | null): void {
    const before = stream;
    stream = next;
    applyEnabled();
    onStream(next);
    stopStream(before);
    watch(next);
    wanted.renew();
    if (loss.isSet()) onFound(microphoneLabel(next));
    else if (note !== null) onNote(note);
    loss.set(null);
  }

  function replaceLost(): void {
    const noteOn = (label: string) => `The microphone was unplugged. ${nowUsing(label)}`;
    void opener.open(deviceId, noteOn, (why) => {
      const isNew = !loss.isSet();
      loss.set(why);
      if (!isNew) return;
      setTaken(false);
      onLost(why);
    });
  }

  /** The present one still works when the other cannot be opened. */
  function followDevices(isOther: boolean): void {
    if (loss.isSet()) replaceLost();
    else if (isOther && isLive()) void opener.open(deviceId, nowUsing, () => {});
  }

  watch(stream);
  if (isSilence) wanted.stop();
  return {
    stream: () => stream,
    isMuted: () => isMuted,
    setMuted(muted) {
      isMuted = muted;
      applyEnabled();
    },
    setOpen(open) {
      isOpen = open;
      applyEnabled();
    },
    async change(id) {
      const before = deviceId;
      deviceId = id;
      const hasFailed = !(await opener.open(id, nowUsing, () => onNote(NOT_CHANGED)));
      if (hasFailed) deviceId = before;
      return !hasFailed;
    },
    async reopen() {
      if (!isTaken) return;
      await opener.open(
        deviceId,
        () => null,
        () => onNote(STILL_TAKEN),
      );
    },
    returned() {
      // Asking for the permission again and again would pester.
      if (loss.isSet() && !loss.needsUser()) replaceLost();
    },
    close() {
      opener.close();
      wanted.stop();
      loss.set(null);
      stopStream(stream);
    },
  };
}
