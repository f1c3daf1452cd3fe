import type { Heard, HearingJob } from '@parley/realtime-sandbox/media/speech/worker-job';
import { JobWorker } from '@parley/realtime-sandbox/media/speech/workers/job-worker';
import type { RecordedSound } from './page-sound.ts';

const RATE = 16_000;
const FRAME = 160;
const AUDIBLE = 0.01;
const PAUSE_FRAMES = 25;
const MOST_FRAMES = 1000;
const MARGIN_MS = 150;

/** Cuts speech at its pauses into pieces of at most ten seconds: a recogniser is best and fastest with those. */
function cutAtPauses(samples: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer>[] {
  const pieces: Float32Array<ArrayBuffer>[] = [];
  let from = 0;
  let quiet = 0;
  const frames = Math.ceil(samples.length / FRAME);
  for (let frame = 0; frame < frames; frame++) {
    const part = samples.subarray(frame * FRAME, (frame + 1) * FRAME);
    quiet = part.some((sample) => Math.abs(sample) > AUDIBLE) ? 0 : quiet + 1;
    const isPause = quiet === PAUSE_FRAMES && frame - from > PAUSE_FRAMES * 2;
    if (!isPause && frame - from < MOST_FRAMES) continue;
    pieces.push(samples.slice(from * FRAME, frame * FRAME));
    from = frame;
  }
  const last = samples.slice(from * FRAME);
  if (last.some((sample) => Math.abs(sample) > AUDIBLE)) pieces.push(last);
  return pieces;
}

export interface Recogniser {
  /** Returns the words of the agent's voice between two times of the page's clock. */
  hear(sound: RecordedSound | null, fromMs: number, untilMs: number): Promise<string>;
  close(): Promise<void>;
}

/** It listens to recordings, beside calls: it may take the time that it needs. */
const LIMITS = { maxWaiting: 1000, timeoutMs: 180_000 };

/** Loads the sandbox's recogniser, in a thread of its own. Throws when it cannot be loaded. */
export async function loadRecogniser(): Promise<Recogniser> {
  const file = import.meta.resolve('@parley/realtime-sandbox/media/speech/recognise/recognition-worker');
  const worker = new JobWorker<HearingJob, Heard>(new URL(file), LIMITS);
  await worker.ready;
  return {
    async hear(sound, fromMs, untilMs) {
      if (sound === null) return '';
      const at = (ms: number) => Math.max(0, Math.round(((ms - sound.startedAtMs) / 1000) * RATE));
      const samples = sound.agentPcm16k.slice(at(fromMs - MARGIN_MS), at(untilMs + MARGIN_MS));
      const words: string[] = [];
      for (const audio of cutAtPauses(samples)) words.push((await worker.run({ audio, hints: [] })).text);
      return words.filter(Boolean).join(' ');
    },
    close: () => worker.close(),
  };
}
