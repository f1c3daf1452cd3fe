import type { Sense } from '../../interfaces.ts';
import { type EncodeSentence, loadSentenceEncoder } from '../../meaning/sentence-encoder.ts';
import type { Heard, HearingJob } from '../worker-job.ts';
import { serveJobs } from '../workers/serve-jobs.ts';
import { loadMoonshine } from './moonshine.ts';

/** Loaded for the first sentences to study, so that it delays no start; it shares the recogniser's runtime and its memory. */
let encoder: Promise<EncodeSentence | null> | null = null;

async function loadEncoder(): Promise<EncodeSentence | null> {
  try {
    return await loadSentenceEncoder();
  } catch (error) {
    console.error('The sandbox understands by rules alone.', error instanceof Error ? error.message : error);
    return null;
  }
}

async function encodeAll(sentences: readonly string[], isCancelled: () => boolean): Promise<Sense[]> {
  const encode = await encoder;
  const senses: Sense[] = [];
  for (const sentence of sentences) {
    if (!encode || isCancelled()) return [];
    senses.push(await encode(sentence));
  }
  return senses;
}

await serveJobs<HearingJob, Heard>(async () => {
  const recognizer = await loadMoonshine();
  return async (job, isCancelled) => {
    if ('sentences' in job) {
      encoder ??= loadEncoder();
      return { text: '', senses: await encodeAll(job.sentences, isCancelled) };
    }
    const text = await recognizer.transcribe(job.audio, job.hints, isCancelled);
    return { text, senses: text === '' ? [] : await encodeAll([text], isCancelled) };
  };
});
