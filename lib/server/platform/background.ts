import 'server-only';
import { after } from 'next/server';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';

/** Runs work whose result is unused. A failure is logged. The reaper finds again what must not be lost. */
export const runUnattended = (name: string, work: () => Promise<unknown>): Promise<unknown> =>
  work().catch((error: unknown) =>
    log().warn({ work: name, error: describeError(error) }, 'unattended work failed'),
  );

/** Such work outside of a request. */
const underWay = new Set<Promise<unknown>>();

/** Resolves when no work outside of a request is under way. A script waits for it before it exits. */
export async function unattendedWork(): Promise<void> {
  while (underWay.size > 0) await Promise.all(underWay);
}

/** Runs such work after the response of the current request. The platform stays awake until it is done. */
export function afterResponse(name: string, work: () => Promise<unknown>): void {
  try {
    after(() => runUnattended(name, work));
  } catch {
    // `after` refuses outside a request: there is no response to wait for.
    const running = runUnattended(name, work).finally(() => underWay.delete(running));
    underWay.add(running);
  }
}
