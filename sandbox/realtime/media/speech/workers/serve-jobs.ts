import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerReply } from '../worker-job.ts';
import { stepBehind } from './step-behind.ts';

export type RunJob<Job, Result> = (job: Job, isCancelled: () => boolean) => Promise<Result>;

/** The worker's side of `JobWorker`: loads a model, reports that it is ready and does the jobs. */
export async function serveJobs<Job, Result>(load: () => Promise<RunJob<Job, Result>>): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('This file runs as a worker only.');
  stepBehind();
  const { cancelledId } = workerData as { cancelledId: Int32Array };
  const reply = (message: WorkerReply<Result>) => port.postMessage(message);
  try {
    const run = await load();
    port.on('message', async (job: Job & { id: number }) => {
      try {
        const result = await run(job, () => Atomics.load(cancelledId, 0) === job.id);
        reply({ kind: 'done', id: job.id, result });
      } catch (error) {
        reply({ kind: 'failed', id: job.id, message: describeError(error) });
      }
    });
    reply({ kind: 'ready' });
  } catch (error) {
    reply({ kind: 'unready', message: describeError(error) });
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
