import type { CallAudio } from '@/lib/client/audio/levels';

interface SpeakerOptions {
  element: HTMLAudioElement;
  audio: CallAudio;
  /** `null`: the system's default. */
  deviceId: string | null;
  /** The browser held the sound back until a gesture, or let it go. */
  onBlocked: (blocked: boolean) => void;
}

/** The one loudspeaker of a call: an audio element that outlives each connection. */
export interface Speaker {
  readonly element: HTMLAudioElement;
  attach(stream: MediaStream): void;
  /** After the browser blocked playback: call it from a gesture of the user. */
  play(): void;
  /** `null`: the system's default. */
  change(deviceId: string | null): void;
  close(): void;
}

/** Not every browser lets a page choose. A device that is gone leaves the default. */
function setSink(element: HTMLAudioElement, deviceId: string | null): void {
  if (typeof element.setSinkId === 'function') void element.setSinkId(deviceId ?? '').catch(() => {});
}

export function createSpeaker({ element, audio, deviceId, onBlocked }: SpeakerOptions): Speaker {
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
      element.srcObject = stream;
      play();
      audio.meterAgent(stream);
    },
    change: (id) => setSink(element, id),
    close() {
      element.pause();
      element.srcObject = null;
    },
  };
}
