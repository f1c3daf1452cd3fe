import type { RecognitionJob } from '../worker-job.ts';
import { serveJobs } from '../workers/serve-jobs.ts';
import { loadMoonshine } from './moonshine.ts';

await serveJobs<RecognitionJob, string>(async () => {
  const recognizer = await loadMoonshine();
  return ({ audio, hints }, isCancelled) => recognizer.transcribe(audio, hints, isCancelled);
});
