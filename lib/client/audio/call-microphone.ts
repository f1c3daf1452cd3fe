import { openMicrophone, stopStream } from '@/lib/client/audio/microphone';
import type { CallBrowser } from '@/lib/client/page/browser';

interface CallMicrophoneOptions {
  browser: CallBrowser;
  /** Already open. Belongs to the microphone from here on. */
  stream: MediaStream;
  /** Another stream took the place of the one before. */
  onStream: (stream: MediaStream) => void;
  onNote: (text: string) => void;
  /** The microphone is gone, and there is no other. */
  onLost: () => void;
  /** After that: one was plugged in or chosen. */
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
  /** `null`: the system's default. The present device stays when the other cannot be opened. */
  change(deviceId: string | null): Promise<void>;
  close(): void;
}

const microphoneLabel = (stream: MediaStream): string =>
  stream.getAudioTracks()[0]?.label || 'the default microphone';

function onUnplugged(stream: MediaStream, listener: () => void): void {
  for (const track of stream.getAudioTracks()) track.addEventListener('ended', listener);
}

export function createCallMicrophone(options: CallMicrophoneOptions): CallMicrophone {
  const { browser, onStream, onNote, onLost, onFound } = options;
  let { stream } = options;
  let isMuted = false;
  let isOpen = true;
  let isClosed = false;
  let isLost = false;
  /** Counts changes: only the latest one is adopted. */
  let changes = 0;

  const applyEnabled = () => {
    for (const track of stream.getAudioTracks()) track.enabled = isOpen && !isMuted;
  };

  const watch = (watched: MediaStream) =>
    onUnplugged(watched, () => {
      if (!isClosed && watched === stream) void replaceLost();
    });

  /** Takes `next` over and says so, unless a later change or the end of the call made it late. */
  function adopt(next: MediaStream, change: number, note: string): void {
    if (isClosed || change !== changes) {
      stopStream(next);
      return;
    }
    const before = stream;
    stream = next;
    applyEnabled();
    watch(next);
    onStream(next);
    stopStream(before);
    if (isLost) onFound(microphoneLabel(next));
    else onNote(note);
    isLost = false;
  }

  async function replaceLost(): Promise<void> {
    const change = ++changes;
    try {
      const next = await openMicrophone(browser);
      adopt(next, change, `The microphone was unplugged. Now using ${microphoneLabel(next)}.`);
    } catch {
      if (isClosed || isLost || change !== changes) return;
      isLost = true;
      onLost();
    }
  }

  watch(stream);
  const stopListening = browser.listen('devicechange', () => {
    if (isLost) void replaceLost();
  });
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
    async change(deviceId) {
      const change = ++changes;
      try {
        const next = await openMicrophone(browser, deviceId ?? undefined);
        adopt(next, change, `Now using ${microphoneLabel(next)}.`);
      } catch {
        if (!isClosed && change === changes)
          onNote('That microphone couldn’t be opened, so nothing changed.');
      }
    },
    close() {
      isClosed = true;
      stopListening();
      stopStream(stream);
    },
  };
}
