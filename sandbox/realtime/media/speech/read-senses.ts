import { setTimeout as delay } from 'node:timers/promises';
import type { Sense, Senses } from '../interfaces.ts';
import type { Heard, HearingJob } from './worker-job.ts';
import type { JobWorker } from './workers/job-worker.ts';

/** Sentences of the last turns of all calls. */
const MOST_KEPT = 64;
/** Nobody waits longer for a meaning: the recogniser may have others to listen to. */
const READ_WITHIN_MS = 400;
/** Short enough for a recognition that begins meanwhile. */
const STUDIED_AT_ONCE = 4;
const STUDY_AGAIN_AFTER_MS = 50;
const STUDY_WITHIN_MS = 60_000;

/** The senses of sentences, by the recogniser's worker. `keep` remembers the sense of what it recognised. */
export function readSenses(recogniser: JobWorker<HearingJob, Heard>) {
  const kept = new Map<string, Sense>();
  const remember = (sentence: string, sense: Sense | undefined): void => {
    if (!sense) return;
    kept.set(sentence, sense);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  };

  const senses: Senses = {
    async read(sentence) {
      const known = kept.get(sentence);
      if (known) return known;
      const signal = AbortSignal.timeout(READ_WITHIN_MS);
      const read = await recogniser.run({ sentences: [sentence] }, signal).catch(() => null);
      remember(sentence, read?.senses[0]);
      return read?.senses[0] ?? null;
    },
    async study(sentences) {
      const studied: Sense[] = [];
      const untilMs = performance.now() + STUDY_WITHIN_MS;
      while (studied.length < sentences.length) {
        if (performance.now() > untilMs) return null;
        const next = sentences.slice(studied.length, studied.length + STUDIED_AT_ONCE);
        const read = await recogniser.runIfIdle({ sentences: next }).catch(() => 'failed' as const);
        if (read === 'failed') return null;
        if (read && read.senses.length < next.length) return null;
        if (read) studied.push(...read.senses);
        else await delay(STUDY_AGAIN_AFTER_MS, undefined, { ref: false });
      }
      return studied;
    },
  };

  const keep = ({ text, senses: [sense] }: Heard): { text: string } => {
    remember(text.trim(), sense);
    return { text };
  };
  return { senses, keep };
}
