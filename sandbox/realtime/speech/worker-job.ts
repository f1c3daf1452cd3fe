/** What the speech workers are asked for and what they answer. */
export interface RecognitionJob {
  audio: Float32Array<ArrayBuffer>;
  hints: readonly string[];
}

export interface SynthesisJob {
  text: string;
  voice: string;
  /** 1 is the voice's own pace. */
  speed: number;
  /** Silence behind the sentence. */
  pauseMs: number;
}

export type WorkerReply<Result> =
  | { kind: 'ready' }
  | { kind: 'unready'; message: string }
  | { kind: 'done'; id: number; result: Result }
  | { kind: 'failed'; id: number; message: string };
