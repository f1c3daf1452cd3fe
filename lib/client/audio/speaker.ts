import type { CallAudio } from '@/lib/client/audio/levels';
import type { CallBrowser } from '@/lib/client/page/browser';

interface SpeakerOptions {
  browser: CallBrowser;
  sound: CallAudio;
  /** `null`: the system's default. */
  deviceId: string | null;
  /** The browser held the sound back until a gesture, or let it go. */
  onBlocked: (blocked: boolean) => void;
}

/** The one loudspeaker of a call: an audio element that outlives each connection. */
export interface Speaker {
  readonly audio: HTMLAudioElement;
  attach(stream: MediaStream): void;
  /** Call it from a gesture of the person. */
  play(): void;
  change(deviceId: string | null): void;
  close(): void;
}

/** Not every browser lets a page choose. One that is gone leaves the default. */
function setSink(audio: HTMLAudioElement, deviceId: string | null): void {
  if (typeof audio.setSinkId === 'function') void audio.setSinkId(deviceId ?? '').catch(() => {});
}

export function createSpeaker({ browser, sound, deviceId, onBlocked }: SpeakerOptions): Speaker {
  const audio = browser.createAudioElement();
  if (deviceId !== null) setSink(audio, deviceId);

  const play = () => {
    sound.resume();
    audio.play().then(
      () => onBlocked(false),
      (error: unknown) => {
        if (error instanceof Error && error.name === 'NotAllowedError') onBlocked(true);
      },
    );
  };

  return {
    audio,
    play,
    attach(stream) {
      audio.srcObject = stream;
      sound.meterAgent(stream);
      play();
    },
    change: (id) => setSink(audio, id),
    close() {
      audio.pause();
      audio.srcObject = null;
    },
  };
}
