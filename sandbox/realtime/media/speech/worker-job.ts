import type { SpokenOptions } from '../interfaces.ts';
import type { SpokenSentence } from './speak/split-sentences.ts';

/** Jobs of the speech workers, and their replies. */
export interface RecognitionJob {
  audio: Float32Array<ArrayBuffer>;
  hints: readonly string[];
}

export interface SynthesisJob extends SpokenSentence, SpokenOptions {}

export type WorkerReply<Result> =
  | { kind: 'ready' }
  | { kind: 'unready'; message: string }
  | { kind: 'done'; id: number; result: Result }
  | { kind: 'failed'; id: number; message: string };
