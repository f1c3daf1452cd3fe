import { loadMoonshine } from './moonshine.ts';
import { serveJobs } from './serve-jobs.ts';
import type { RecognitionJob } from './worker-job.ts';

await serveJobs<RecognitionJob, string>(async () => {
  const recognizer = await loadMoonshine();
  return ({ audio, hints }, isCancelled) => recognizer.transcribe(audio, hints, isCancelled);
});
