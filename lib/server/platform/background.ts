import 'server-only';
import { after } from 'next/server';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';

/** Runs work that nobody waits for. A failure is logged; what must not be lost, the reaper finds again. */
export const runUnattended = (name: string, work: () => Promise<unknown>): Promise<unknown> =>
  work().catch((error: unknown) =>
    log().warn({ work: name, error: describeError(error) }, 'unattended work failed'),
  );

/** The same after the response of the request being served; the platform stays awake until it is done. */
export function afterResponse(name: string, work: () => Promise<unknown>): void {
  try {
    after(() => runUnattended(name, work));
  } catch {
    // `after` refuses outside a request: there is no response to wait for.
    void runUnattended(name, work);
  }
}
