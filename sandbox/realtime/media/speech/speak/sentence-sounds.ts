import type { Pcm48k } from '../../interfaces.ts';
import type { SynthesisJob } from '../worker-job.ts';

/** Greetings, refusals and questions come again in call after call. A long sentence takes about a megabyte. */
const MAX_KEPT = 32;

/** The sound of sentences that were spoken lately, or are likely to be spoken soon. Nobody changes it: calls share it. */
export class SentenceSounds {
  /** The one that was asked for last is the last. */
  readonly #sounds = new Map<string, Promise<Pcm48k | null>>();

  /** Makes a sentence ahead of time. Its failure is ignored: whoever needs the sentence synthesises it again and gets the error. */
  make(sentence: SynthesisJob, synthesize: (sentence: SynthesisJob) => Promise<Pcm48k>): void {
    const key = sentenceKey(sentence);
    if (this.#sounds.has(key)) return;
    const sound: Promise<Pcm48k | null> = synthesize(sentence).catch(() => {
      if (this.#sounds.get(key) === sound) this.#sounds.delete(key);
      return null;
    });
    this.#remember(key, sound);
  }

  /** Keeps what was synthesised to be spoken at once. */
  keep(sentence: SynthesisJob, sound: Pcm48k): void {
    this.#remember(sentenceKey(sentence), Promise.resolve(sound));
  }

  /** Returns a sentence's sound, as soon as it is made; `null` when there is none. */
  async find(sentence: SynthesisJob): Promise<Pcm48k | null> {
    const key = sentenceKey(sentence);
    const sound = this.#sounds.get(key);
    if (!sound) return null;
    this.#remember(key, sound);
    return sound;
  }

  #remember(key: string, sound: Promise<Pcm48k | null>): void {
    this.#sounds.delete(key);
    this.#sounds.set(key, sound);
    const [oldest] = this.#sounds.keys();
    if (this.#sounds.size > MAX_KEPT && oldest !== undefined) this.#sounds.delete(oldest);
  }
}

const sentenceKey = ({ text, voice, speed, pauseMs }: SynthesisJob): string =>
  JSON.stringify([text, voice, speed, pauseMs]);
