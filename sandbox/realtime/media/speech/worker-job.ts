import type { Sense, SpokenOptions } from '../interfaces.ts';
import type { SpokenSentence } from './speak/split-sentences.ts';

/** Jobs of the speech workers, and their replies. The recogniser also reads sentences by meaning. */
export type HearingJob =
  | { audio: Float32Array<ArrayBuffer>; hints: readonly string[] }
  | { sentences: readonly string[] };

export interface Heard {
  /** Empty for sentences that were given. */
  text: string;
  /** Of the text, or of each sentence; none without the model. */
  senses: Sense[];
}

export interface SynthesisJob extends SpokenSentence, SpokenOptions {}

export type WorkerReply<Result> =
  | { kind: 'ready' }
  | { kind: 'unready'; message: string }
  | { kind: 'done'; id: number; result: Result }
  | { kind: 'failed'; id: number; message: string };
