// Tested in endings/{end-call,exact-deadlines,hang-up-again}.test, records/call-history.test and tools/run-once.test.
import 'server-only';
import { AppError } from '@/lib/server/platform/app-error';
import { afterResponse, retryAfter } from '@/lib/server/platform/background';

/** The first is shorter than the wait after which a page tries again. */
const WAITS_MS = [500, 4000];

/**
 * Does work and throws its failure. If the database failed, the work is repeated after the response: what only this process
 * knows, such as the moment of a hang-up, would otherwise be lost. The database may have done the work and answered too late,
 * so `work` must be the same request, under the same id if it counts something.
 */
export const tryAgainLater = <Result>(name: string, work: () => Promise<Result>): Promise<Result> =>
  work().catch((error: unknown) => {
    const isDatabase = error instanceof AppError && error.code === 'store_unavailable';
    if (isDatabase) afterResponse(name, () => retryAfter(WAITS_MS, work));
    throw error;
  });

/** Does such work after the response of the current request. A failure is logged. */
export const storeAfterResponse = (name: string, work: () => Promise<unknown>): void =>
  afterResponse(name, () => tryAgainLater(name, work));
