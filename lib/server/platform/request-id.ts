import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const current = new AsyncLocalStorage<string>();

/** Returns the id of the request: the one that the proxy sent if it is well-formed, otherwise a new one. */
export function readRequestId(headers: Headers): string {
  const given = headers.get('x-request-id');
  return given && /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : randomUUID();
}

/** Runs `work` so that every log line written meanwhile carries the id, and returns its result. */
export const withRequestId = <T>(requestId: string, work: () => T): T => current.run(requestId, work);

/** Returns the id of the current request, if there is one. */
export const currentRequestId = (): string | undefined => current.getStore();
