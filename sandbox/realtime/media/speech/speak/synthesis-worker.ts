import type { Pcm48k } from '../../interfaces.ts';
import type { SynthesisJob } from '../worker-job.ts';
import { serveJobs } from '../workers/serve-jobs.ts';
import { fliteVoice, loadFlite } from './flite.ts';
import { shapeSpeech } from './shape-speech.ts';

await serveJobs<SynthesisJob, Pcm48k>(async () => {
  const flite = await loadFlite();
  const run = async ({ text, voice, speed, pauseMs }: SynthesisJob) =>
    shapeSpeech(await flite.synthesize(text, fliteVoice(voice), speed), pauseMs);
  // The first run compiles, and would delay the first words of a call.
  await run({ text: 'Hello there.', voice: '', speed: 1, pauseMs: 0 });
  return run;
});
