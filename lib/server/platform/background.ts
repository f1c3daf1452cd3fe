import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import { after } from 'next/server';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';
import { processState } from '@/lib/server/platform/process-state';

const guard = (name: string, work: () => Promise<unknown>): Promise<unknown> =>
  work().catch((error: unknown) =>
    log().warn({ work: name, error: describeError(error) }, 'unattended work failed'),
  );

/** Runs work outside of a request whose result is unused. A failure is logged. The reaper finds again what must not be lost. */
export function runUnattended(name: string, work: () => Promise<unknown>): Promise<unknown> {
  const running = guard(name, work).finally(() => underWay.delete(running));
  underWay.add(running);
  return running;
}

const underWay = processState('under-way', () => new Set<Promise<unknown>>());

/** Resolves when no such work is under way. A script, and a server that was told to end, wait for it before they exit. */
export async function unattendedWork(): Promise<void> {
  while (underWay.size > 0) await Promise.all(underWay);
}

/** Runs such work after the response of the current request. The platform stays awake until it is done. */
export function afterResponse(name: string, work: () => Promise<unknown>): void {
  try {
    after(() => guard(name, work));
  } catch {
    // `after` refuses outside a request: there is no response to wait for.
    void runUnattended(name, work);
  }
}

/** Does the work after each of the waits until it succeeds, and returns its result. Throws its last error. */
export async function retryAfter<T>(
  [waitMs, ...more]: readonly number[],
  work: () => Promise<T>,
): Promise<T> {
  await wait(waitMs);
  return work().catch((error: unknown) => {
    if (more.length === 0) throw error;
    return retryAfter(more, work);
  });
}
