import type { Pcm16k, Pcm48k, Senses, Speech, SpokenOptions } from '../interfaces.ts';
import { readSenses } from './read-senses.ts';
import { sayAsWords } from './speak/say-as-words.ts';
import { SentenceSounds } from './speak/sentence-sounds.ts';
import { speakSentences } from './speak/speak-sentences.ts';
import { splitSentences } from './speak/split-sentences.ts';
import type { Heard, HearingJob, SynthesisJob } from './worker-job.ts';
import { JobWorker } from './workers/job-worker.ts';

/** Shorter audio contains no word, and the encoder needs at least this much. */
const MIN_RECOGNITION_SAMPLES = 1_600;

/**
 * Speech to text and text to speech, each in a thread of its own, so that a long recognition never delays a word
 * and neither delays the audio. What a sentence means is read where it was recognised.
 */
export async function createSpeech(): Promise<{ speech: Speech; senses: Senses }> {
  const recogniser = new JobWorker<HearingJob, Heard>(
    new URL('./recognise/recognition-worker.ts', import.meta.url),
    {
      maxWaiting: 16,
      timeoutMs: 15_000,
    },
  );
  const synthesiser = new JobWorker<SynthesisJob, Pcm48k>(
    new URL('./speak/synthesis-worker.ts', import.meta.url),
    {
      maxWaiting: 32,
      timeoutMs: 15_000,
    },
  );
  const sounds = new SentenceSounds();
  const close = async () => {
    await Promise.all([recogniser.close(), synthesiser.close()]);
  };
  try {
    await Promise.all([recogniser.ready, synthesiser.ready]);
  } catch (error) {
    await close();
    throw error;
  }
  const { senses, keep } = readSenses(recogniser);
  const speech: Speech = {
    async recognise(audio: Pcm16k, hints: readonly string[], signal?: AbortSignal) {
      if (audio.length < MIN_RECOGNITION_SAMPLES) return { text: '' };
      return keep(await recogniser.run({ audio, hints }, signal));
    },
    async recogniseIfIdle(audio: Pcm16k, hints: readonly string[]) {
      if (audio.length < MIN_RECOGNITION_SAMPLES) return null;
      const heard = await recogniser.runIfIdle({ audio, hints });
      return heard && keep(heard);
    },
    prepare(text, options) {
      const [first] = planSentences(text, options);
      if (first && !synthesiser.busy) sounds.make(first, (sentence) => synthesiser.run(sentence));
    },
    speak: (text, options, signal) =>
      speakSentences(
        planSentences(text, options),
        async (sentence) => {
          const known = await sounds.find(sentence);
          if (known) return known;
          const sound = await synthesiser.run(sentence, signal);
          sounds.keep(sentence, sound);
          return sound;
        },
        signal,
      ),
    close,
  };
  return { speech, senses };
}

const planSentences = (text: string, options: SpokenOptions): SynthesisJob[] =>
  splitSentences(sayAsWords(text)).map((sentence) => ({ ...sentence, ...options }));
