import type { Pcm48k } from '../../interfaces.ts';
import type { SynthesisJob } from '../worker-job.ts';

/**
 * Yields the sound of each sentence, and synthesises it while the one before it is delivered. Throws what the
 * synthesis throws, unless `signal` has interrupted the speech.
 */
export async function* speakSentences(
  sentences: readonly SynthesisJob[],
  synthesize: (sentence: SynthesisJob) => Promise<Pcm48k>,
  signal: AbortSignal,
): AsyncIterable<Pcm48k> {
  let next = begin(0);
  for (let index = 0; index < sentences.length && !signal.aborted; index++) {
    const current = next;
    next = begin(index + 1);
    // It may fail while the sentence before it is delivered. Until it is awaited, nobody would catch that.
    next.catch(() => undefined);
    const pcm = await current;
    if (pcm) yield pcm;
  }

  /** Returns `null` instead of failing when the speech was interrupted. */
  async function begin(index: number): Promise<Pcm48k | null> {
    const sentence = sentences[index];
    if (!sentence || signal.aborted) return null;
    try {
      return await synthesize(sentence);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }
}
