import type { VoiceDetector } from '@parley/realtime-sandbox/media/audio/silero';
import { createSpeechInput } from '@parley/realtime-sandbox/media/audio/speech-input';
import type { Pcm16k, Pcm48k } from '@parley/realtime-sandbox/media/interfaces';

const FRAME_SAMPLES = 960;
/** No more than the speech input buffers. */
const FRAMES_AT_ONCE = 50;
/** Longer than the silence that ends a turn. */
const SILENCE_BEHIND_SAMPLES = 48_000;
const OPTIONS = { silenceMs: 500, threshold: 0.5, prefixPaddingMs: 300 };

/** Plays a recording into a call’s speech input, as fast as it accepts it, and returns the turns it found. */
export async function hearAll(detector: VoiceDetector, recording: Pcm48k): Promise<Pcm16k[]> {
  const turns: Pcm16k[] = [];
  let judged: Promise<unknown> = Promise.resolve();
  const judge = (frame: Float32Array) => {
    const probability = detector.judge(frame);
    judged = probability;
    return probability;
  };
  const input = createSpeechInput(
    { judge },
    {
      onSpeechStarted() {},
      onSpeechPausing() {},
      onSpeechResumed() {},
      onSpeechStopped: (_atMs, audio) => turns.push(audio),
    },
    OPTIONS,
  );
  const pcm = new Int16Array(recording.length + SILENCE_BEHIND_SAMPLES);
  pcm.set(recording);
  for (let frame = 0; (frame + 1) * FRAME_SAMPLES <= pcm.length; frame++) {
    input.push(pcm.slice(frame * FRAME_SAMPLES, (frame + 1) * FRAME_SAMPLES));
    if (frame % FRAMES_AT_ONCE === 0) await judged;
  }
  await judged;
  // The speech input handles the last frame after the detector has judged it.
  await new Promise(setImmediate);
  input.close();
  return turns;
}
