import { stopStream } from '@/lib/client/audio/microphone';
import type { CallBrowser } from '@/lib/client/page/browser';
import { unheardTrack } from '@/lib/client/page/unheard-track';

/** Loudness of both sides, 0…1. */
export interface Levels {
  user: number;
  agent: number;
}

/**
 * The audio graph of one call: meters, and a silent track for calls without a microphone. A call hears and speaks
 * without it: some browsers refuse a context or a source, and then the meters stand still. Nothing here throws.
 */
export interface CallAudio {
  /** Returns a silent track: the peer connection needs one even in a typed call. */
  createSilence(): MediaStream;
  /**
   * Meters the microphone through a copy of its track. Muting disables the track that is sent; the copy goes on
   * measuring, for the hint "you are muted". It never leaves this page. Call it again for another microphone.
   */
  meterUser(stream: MediaStream): void;
  meterAgent(stream: MediaStream): void;
  levels(): Levels;
  /** Returns the amplitude of the microphone, 0…1, also while muted; `null` when nothing is measured. */
  userAmplitude(): number | null;
  /** Watches for the system to stop all sound of the page, as a phone call does, and to let it go on. */
  onInterrupted(listener: (interrupted: boolean) => void): void;
  /** Browsers start audio only after a gesture of the user: call it from one. */
  resume(): void;
  close(): void;
}

/** The scale runs from a silent room to speech close to the microphone. */
const QUIET_DB = -60;
const LOUD_DB = -12;

/** Returns the effective amplitude (RMS) of samples, 0…1. */
export function measureAmplitude(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

/** Maps an amplitude to a logarithmic scale: 0 is a silent room, 1 is loud speech. */
export function toLoudness(amplitude: number): number {
  if (amplitude <= 0) return 0;
  const db = 20 * Math.log10(amplitude);
  return Math.min(1, Math.max(0, (db - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}

/** Measures a stream without playing it. The returned function returns the amplitude of the last 43 ms. */
function createMeter(context: AudioContext, stream: MediaStream): () => number {
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return () => {
    analyser.getFloatTimeDomainData(samples);
    return measureAmplitude(samples);
  };
}

/** Returns `null` where the browser refuses: a sample rate that does not fit, too many contexts, a privacy setting. */
function attempt<Result>(create: () => Result): Result | null {
  try {
    return create();
  } catch {
    return null;
  }
}

export function createCallAudio(browser: CallBrowser): CallAudio {
  const context = attempt(browser.createAudioContext);
  let userCopy: MediaStream | null = null;
  let readUser: (() => number) | null = null;
  let readAgent: (() => number) | null = null;

  const meter = (stream: MediaStream) => context && attempt(() => createMeter(context, stream));
  const resume = () => void attempt(() => context?.resume().catch(() => {}));
  const stopUserCopy = () => {
    if (userCopy !== null) stopStream(userCopy);
    userCopy = null;
  };
  return {
    createSilence: () =>
      attempt(() => context?.createMediaStreamDestination().stream) ?? new MediaStream([unheardTrack()]),
    meterUser(stream) {
      stopUserCopy();
      userCopy = attempt(() => stream.clone());
      readUser = userCopy && meter(userCopy);
    },
    meterAgent(stream) {
      readAgent = meter(stream);
    },
    levels: () => ({ user: toLoudness(readUser?.() ?? 0), agent: toLoudness(readAgent?.() ?? 0) }),
    // A context that stands still measures silence, whatever is said.
    userAmplitude: () => (context?.state === 'running' && readUser ? readUser() : null),
    onInterrupted(listener) {
      context?.addEventListener('statechange', () => {
        listener(context.state === 'interrupted');
        if (context.state === 'suspended') resume();
      });
    },
    resume,
    close() {
      readUser = readAgent = null;
      stopUserCopy();
      void attempt(() => context?.close().catch(() => {}));
    },
  };
}
