import { setImmediate } from 'node:timers/promises';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { readModel } from '../model-files.ts';
import { onnxOptions } from '../onnx.ts';

/** Samples at 16 kHz that the model scores at a time. */
export const FRAME_SAMPLES = 512;
/** The model takes the end of the previous frame before each frame. */
const CONTEXT_SAMPLES = 64;
const STATE_SHAPE = [2, 1, 128];
/**
 * A page may send many seconds of audio at once. After this many frames the thread yields to the pacing of
 * all calls.
 */
const BURST_FRAMES = 8;

export interface VoiceDetector {
  /** Probability, 0…1, that the frame of 512 samples holds speech. Frames must come in order. */
  judge(frame: Float32Array): Promise<number>;
}

export interface VoiceDetectorModel {
  /** The state of one call; the model itself is shared. */
  createDetector(): VoiceDetector;
  close(): Promise<void>;
}

/** Loads Silero VAD v5: 0.5 ms for 32 ms of audio; ignores keyboards and coughs. */
export async function loadVoiceDetector(): Promise<VoiceDetectorModel> {
  const session = await InferenceSession.create(await readModel('voiceDetector'), onnxOptions());
  const sampleRate = new Tensor('int64', BigInt64Array.of(16_000n), []);
  // The runtime runs one inference of a session at a time and throws on a second.
  let last: Promise<unknown> = Promise.resolve();
  let inARow = 0;
  return {
    createDetector() {
      let state = new Tensor('float32', new Float32Array(2 * 128), STATE_SHAPE);
      let context = new Float32Array(CONTEXT_SAMPLES);
      return {
        async judge(frame) {
          const input = new Float32Array(CONTEXT_SAMPLES + FRAME_SAMPLES);
          input.set(context);
          input.set(frame, CONTEXT_SAMPLES);
          context = input.slice(-CONTEXT_SAMPLES);
          const run = last.then(async () => {
            inARow = (inARow + 1) % BURST_FRAMES;
            if (inARow === 0) await setImmediate();
            return session.run({
              input: new Tensor('float32', input, [1, input.length]),
              state,
              sr: sampleRate,
            });
          });
          last = run.catch(() => {});
          const { output, stateN } = await run;
          if (!output || !stateN) throw new Error('The voice detector returned nothing.');
          state = stateN as typeof state;
          return Number(output.data[0]);
        },
      };
    },
    close: () => session.release(),
  };
}
