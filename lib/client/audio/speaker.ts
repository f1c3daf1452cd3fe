import type { CallAudio } from '@/lib/client/audio/levels';

interface SpeakerOptions {
  element: HTMLAudioElement;
  audio: CallAudio;
  /** `null`: the system's default. */
  deviceId: string | null;
  /** The browser held the sound back until a gesture, or let it go. */
  onBlocked: (blocked: boolean) => void;
  /** The system paused the sound, or it plays. */
  onPaused: (paused: boolean) => void;
}

/** The one loudspeaker of a call: an audio element that outlives each connection. */
export interface Speaker {
  readonly element: HTMLAudioElement;
  attach(stream: MediaStream): void;
  /** After the browser blocked or paused playback: call it from a gesture of the user. */
  play(): void;
  /** `null`: the system's default. */
  change(deviceId: string | null): void;
  close(): void;
}

/** Not every browser lets a page choose. A device that is gone leaves the default. */
function setSink(element: HTMLAudioElement, deviceId: string | null): void {
  if (typeof element.setSinkId === 'function') void element.setSinkId(deviceId ?? '').catch(() => {});
}

export function createSpeaker(options: SpeakerOptions): Speaker {
  const { element, audio, deviceId, onBlocked, onPaused } = options;
  const watch = new AbortController();
  const { signal } = watch;
  let playing: MediaStream | null = null;
  // A sound that has ended pauses too: its connection is gone, and the next one plays.
  element.addEventListener('pause', () => playing?.active === true && onPaused(true), { signal });
  element.addEventListener('playing', () => onPaused(false), { signal });
  if (deviceId !== null) setSink(element, deviceId);

  const play = () => {
    audio.resume();
    element.play().then(
      () => onBlocked(false),
      (error: unknown) => {
        if (error instanceof Error && error.name === 'NotAllowedError') onBlocked(true);
      },
    );
  };

  return {
    element,
    play,
    attach(stream) {
      playing = stream;
      element.srcObject = stream;
      play();
      audio.meterAgent(stream);
    },
    change: (id) => setSink(element, id),
    close() {
      watch.abort();
      element.pause();
      element.srcObject = null;
    },
  };
}
