import type { Pcm48k } from '../../interfaces.ts';
import type { SynthesisJob } from '../worker-job.ts';

/** A prepared sentence is never requested when the user speaks on: the oldest is dropped. */
const MAX_KEPT = 8;

/** Sentences synthesised before it is certain that they are spoken. */
export class SentencesAhead {
  readonly #made = new Map<string, Promise<Pcm48k | null>>();

  /** A failure is ignored: the caller that needs the sentence synthesises it again and gets the error. */
  make(sentence: SynthesisJob, synthesize: (sentence: SynthesisJob) => Promise<Pcm48k>): void {
    const key = sentenceKey(sentence);
    if (this.#made.has(key)) return;
    this.#made.set(
      key,
      synthesize(sentence).catch(() => null),
    );
    const [oldest] = this.#made.keys();
    if (this.#made.size > MAX_KEPT && oldest !== undefined) this.#made.delete(oldest);
  }

  /** Returns a prepared sentence once; `null` when there is none. */
  async take(sentence: SynthesisJob): Promise<Pcm48k | null> {
    const key = sentenceKey(sentence);
    const made = this.#made.get(key);
    this.#made.delete(key);
    return made ?? null;
  }
}

const sentenceKey = ({ text, voice, speed, pauseMs }: SynthesisJob): string =>
  JSON.stringify([text, voice, speed, pauseMs]);
