import { createMeter, toLoudness } from '@/lib/client/audio/loudness';
import { stopStream } from '@/lib/client/audio/microphone';
import type { CallBrowser } from '@/lib/client/page/browser';

/** Loudness of both sides, 0…1. */
export interface Levels {
  user: number;
  agent: number;
}

/** The audio graph of one call: meters, and a silent track for calls without a microphone. */
export interface CallAudio {
  /** A track that carries silence: the peer connection wants one even in a typed call. */
  createSilence(): MediaStream;
  /**
   * Meters the microphone through a copy of its track. Muting disables the track that is sent; the copy
   * goes on measuring, which tells "you are muted" to somebody who talks. It never leaves this page.
   * Called again for another microphone.
   */
  meterUser(stream: MediaStream): void;
  meterAgent(stream: MediaStream): void;
  levels(): Levels;
  /** Of the microphone, 0…1, also while muted. */
  userAmplitude(): number;
  /** Browsers start audio only after a gesture: call it from one. */
  resume(): void;
  close(): void;
}

export function createCallAudio(browser: CallBrowser): CallAudio {
  const context = browser.createAudioContext();
  let userCopy: MediaStream | null = null;
  let readUser = () => 0;
  let readAgent = () => 0;

  return {
    createSilence: () => context.createMediaStreamDestination().stream,
    meterUser(stream) {
      if (userCopy !== null) stopStream(userCopy);
      userCopy = stream.clone();
      readUser = createMeter(context, userCopy);
    },
    meterAgent(stream) {
      readAgent = createMeter(context, stream);
    },
    levels: () => ({ user: toLoudness(readUser()), agent: toLoudness(readAgent()) }),
    userAmplitude: () => readUser(),
    resume: () => void context.resume().catch(() => {}),
    close() {
      readUser = readAgent = () => 0;
      if (userCopy !== null) stopStream(userCopy);
      void context.close().catch(() => {});
    },
  };
}
