import type { Pcm48k } from '../../interfaces.ts';
import type { SynthesisJob } from '../worker-job.ts';

/** Sentences for which the person spoke on are never asked for: the oldest is forgotten. */
const MAX_KEPT = 8;

/** Sentences made before anybody was sure that they would be spoken. */
export class SentencesAhead {
  readonly #made = new Map<string, Promise<Pcm48k | null>>();

  /** A failure is no news here: whoever needs the sentence makes it again and is told. */
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

  /** Hands out a sentence once; `null` when it was not made. */
  async take(sentence: SynthesisJob): Promise<Pcm48k | null> {
    const key = sentenceKey(sentence);
    const made = this.#made.get(key);
    this.#made.delete(key);
    return made ?? null;
  }
}

const sentenceKey = ({ text, voice, speed, pauseMs }: SynthesisJob): string =>
  JSON.stringify([text, voice, speed, pauseMs]);
