import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Pcm48k } from '../../interfaces.ts';
import type { SynthesisJob } from '../worker-job.ts';
import { JobWorker } from './job-worker.ts';

const file = new URL('../speak/synthesis-worker.ts', import.meta.url);
const job = (text: string): SynthesisJob => ({ text, voice: 'cedar', speed: 1, pauseMs: 0 });

let worker: JobWorker<SynthesisJob, Pcm48k>;

beforeAll(async () => {
  worker = new JobWorker(file, { maxWaiting: 3, timeoutMs: 10_000 });
  await worker.ready;
});

afterAll(() => worker.close());

test('does jobs in order', async () => {
  const done: number[] = [];
  const jobs = ['One hundred and twenty one.', 'Two.', 'Three.'].map((text, index) =>
    worker.run(job(text)).then(() => done.push(index)),
  );
  await Promise.all(jobs);
  expect(done).toEqual([0, 1, 2]);
});

test('is busy until the last job is done', async () => {
  expect(worker.busy).toBe(false);
  const jobs = [worker.run(job('One.')), worker.run(job('Two.'))];
  expect(worker.busy).toBe(true);
  await jobs[0];
  expect(worker.busy).toBe(true);
  await jobs[1];
  expect(worker.busy).toBe(false);
});

test('refuses more than may wait, and continues', async () => {
  const jobs = Array.from({ length: 6 }, () => worker.run(job('Wait.')));
  const results = await Promise.allSettled(jobs);
  expect(results.map(({ status }) => status)).toEqual([
    ...['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled'],
    ...['rejected', 'rejected'],
  ]);
});

test('a job that waits or runs can be cancelled', async () => {
  const abort = new AbortController();
  const jobs = [worker.run(job('First.'), abort.signal), worker.run(job('Second.'), abort.signal)];
  const third = worker.run(job('Third.'));
  abort.abort('enough');
  expect(await Promise.allSettled(jobs)).toEqual([
    { status: 'rejected', reason: 'enough' },
    { status: 'rejected', reason: 'enough' },
  ]);
  expect((await third).length).toBeGreaterThan(0);
  await expect(worker.run(job('Fourth.'), abort.signal)).rejects.toBe('enough');
});

test('an optional job is dropped while there is work, yields to work, and is followed by a rest', async () => {
  const working = worker.run(job('First.'));
  expect(await worker.runIfIdle(job('Only if idle.'))).toBeNull();
  await working;
  const optional = worker.runIfIdle(
    job('A long sentence that takes its time, and that nobody has to wait for.'),
  );
  const next = worker.run(job('Work.'));
  expect(await optional).toBeNull();
  expect((await next).length).toBeGreaterThan(0);
  await expect.poll(() => worker.runIfIdle(job('Once.')), { interval: 1 }).not.toBeNull();
  expect(await worker.runIfIdle(job('Twice.'))).toBeNull();
});

test('a closed worker rejects waiting jobs', async () => {
  const closing = new JobWorker<SynthesisJob, Pcm48k>(file, { maxWaiting: 3, timeoutMs: 10_000 });
  const unfinished = expect(closing.run(job('Never.'))).rejects.toThrow('closed');
  const ready = expect(closing.ready).rejects.toThrow('The speech worker has stopped.');
  await closing.close();
  await Promise.all([unfinished, ready]);
  await expect(closing.run(job('Never.'))).rejects.toThrow('closed');
});
