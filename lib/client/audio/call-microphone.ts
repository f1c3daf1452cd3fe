import { openMicrophone, stopStream } from '@/lib/client/audio/microphone';
import type { CallBrowser } from '@/lib/client/page/browser';

interface CallMicrophoneOptions {
  browser: CallBrowser;
  /** Already open. Belongs to the line from here on. */
  stream: MediaStream;
  /** Another stream took the place of the one before. */
  onStream: (stream: MediaStream) => void;
  onNote: (text: string) => void;
  /** The microphone is gone, and there is no other. */
  onLost: () => void;
  /** After that: one was plugged in or chosen. */
  onFound: (label: string) => void;
}

/** The one microphone of a call. It may change under way, and stays switched on or off through every change. */
export interface CallMicrophone {
  stream(): MediaStream;
  /** Off is silence at the source: the track itself sends nothing. */
  setEnabled(enabled: boolean): void;
  /** `null`: the system's default. The present one stays when the other cannot be opened. */
  change(deviceId: string | null): Promise<void>;
  close(): void;
}

const microphoneLabel = (stream: MediaStream): string =>
  stream.getAudioTracks()[0]?.label || 'the default microphone';

export function createCallMicrophone(options: CallMicrophoneOptions): CallMicrophone {
  const { browser, onStream, onNote, onLost, onFound } = options;
  let { stream } = options;
  let isEnabled = true;
  let isClosed = false;
  let isLost = false;
  /** Counts changes: of two, the later one counts. */
  let changes = 0;

  const applyEnabled = () => {
    for (const track of stream.getAudioTracks()) track.enabled = isEnabled;
  };

  function watch(watched: MediaStream): void {
    for (const track of watched.getAudioTracks()) {
      track.addEventListener('ended', () => {
        if (!isClosed && watched === stream) void replaceLost();
      });
    }
  }

  /** Answers whether it was adopted: a later change, or the end of the call, makes it late. */
  function adopt(next: MediaStream, change: number): boolean {
    if (isClosed || change !== changes) {
      stopStream(next);
      return false;
    }
    const before = stream;
    stream = next;
    applyEnabled();
    watch(next);
    onStream(next);
    stopStream(before);
    return true;
  }

  function tell(next: MediaStream, note: string): void {
    if (isLost) onFound(microphoneLabel(next));
    else onNote(note);
    isLost = false;
  }

  async function replaceLost(): Promise<void> {
    const change = ++changes;
    try {
      const next = await openMicrophone(browser);
      if (adopt(next, change))
        tell(next, `The microphone was unplugged. Now using ${microphoneLabel(next)}.`);
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
    setEnabled(enabled) {
      isEnabled = enabled;
      applyEnabled();
    },
    async change(deviceId) {
      const change = ++changes;
      try {
        const next = await openMicrophone(browser, deviceId ?? undefined);
        if (adopt(next, change)) tell(next, `Now using ${microphoneLabel(next)}.`);
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
