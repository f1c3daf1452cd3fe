import { Worker } from 'node:worker_threads';
import type { WorkerReply } from '../worker-job.ts';

export interface JobLimits {
  /** Jobs that may wait behind the running one; one more is refused. */
  maxWaiting: number;
  /** Counted from the request. */
  timeoutMs: number;
}

interface Ticket<Job, Result> {
  job: Job & { id: number };
  resolve: (result: Result) => void;
  reject: (reason: unknown) => void;
}

/**
 * A worker thread that does one job after another, apart from the thread that paces the audio. The queue is
 * bounded; every job has a time limit and can be cancelled while it waits or runs.
 */
export class JobWorker<Job, Result> {
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  readonly #limits: JobLimits;
  readonly #waiting: Ticket<Job, Result>[] = [];
  /** Read by the worker between two steps of a job. */
  readonly #cancelledId = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #running: Ticket<Job, Result> | null = null;
  #stopped: Error | null = null;
  #lastId = 0;
  /** Ends the optional job that is running. */
  #giveWay: AbortController | null = null;
  #restUntilMs = 0;

  constructor(file: URL, limits: JobLimits) {
    this.#limits = limits;
    this.#worker = new Worker(file, {
      workerData: { cancelledId: this.#cancelledId },
      // Node 20 does not run TypeScript, and a worker does not inherit a test runner's loader.
      execArgv: ['--import', import.meta.resolve('jiti/register')],
    });
    this.ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: WorkerReply<Result>) => {
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'unready') reject(new Error(message.message));
        else this.#settle(message);
      });
      this.#worker.on('error', (error) => this.#stop(error));
      this.#worker.on('exit', () => {
        const error = new Error('The speech worker has stopped.');
        reject(error);
        this.#stop(error);
      });
    });
  }

  get busy(): boolean {
    return this.#running !== null;
  }

  /**
   * Rejects with the signal's reason when aborted, and with an `Error` when the queue is full or the time
   * limit passes.
   */
  run(job: Job, signal?: AbortSignal): Promise<Result> {
    this.#giveWay?.abort();
    if (this.#stopped) return Promise.reject(this.#stopped);
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#waiting.length >= this.#limits.maxWaiting) {
      return Promise.reject(new Error('Too many speech jobs are waiting.'));
    }
    return new Promise<Result>((resolve, reject) => {
      this.#lastId = (this.#lastId + 1) % 0x7fffffff;
      const id = this.#lastId;
      const giveUp = (reason: unknown) => {
        this.#withdraw(id);
        settle(() => reject(reason));
      };
      const onAbort = () => giveUp(signal?.reason);
      const timer = setTimeout(
        () => giveUp(new Error('The speech job took too long.')),
        this.#limits.timeoutMs,
      );
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        finish();
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push({
        job: { ...job, id },
        resolve: (result) => settle(() => resolve(result)),
        reject: (reason) => settle(() => reject(reason)),
      });
      this.#startNext();
    });
  }

  /**
   * Runs an optional job: only while there is no other work, and until there is. After each the worker rests
   * as long as the job took, so that optional work never takes more than half of a core. Resolves to `null`
   * when the job was dropped.
   */
  async runIfIdle(job: Job): Promise<Result | null> {
    const startedAtMs = performance.now();
    if (this.busy || this.#stopped || startedAtMs < this.#restUntilMs) return null;
    const giveWay = new AbortController();
    const result = this.run(job, giveWay.signal);
    this.#giveWay = giveWay;
    try {
      return await result;
    } catch (error) {
      if (giveWay.signal.aborted) return null;
      throw error;
    } finally {
      this.#giveWay = null;
      this.#restUntilMs = 2 * performance.now() - startedAtMs;
    }
  }

  async close(): Promise<void> {
    this.#stop(new Error('The speech worker is closed.'));
    await this.#worker.terminate();
  }

  #startNext(): void {
    if (this.#running) return;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#running = next;
    this.#worker.postMessage(next.job);
  }

  #withdraw(id: number): void {
    const index = this.#waiting.findIndex(({ job }) => job.id === id);
    if (index !== -1) this.#waiting.splice(index, 1);
    else Atomics.store(this.#cancelledId, 0, id);
  }

  #settle(message: Extract<WorkerReply<Result>, { id: number }>): void {
    const ticket = this.#running;
    if (ticket?.job.id !== message.id) return;
    this.#running = null;
    if (message.kind === 'done') ticket.resolve(message.result);
    else ticket.reject(new Error(message.message));
    this.#startNext();
  }

  #stop(error: Error): void {
    if (this.#stopped) return;
    this.#stopped = error;
    for (const ticket of [this.#running, ...this.#waiting]) ticket?.reject(error);
    this.#waiting.length = 0;
    this.#running = null;
  }
}
