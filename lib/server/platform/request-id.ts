import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { getEnv } from '@/lib/server/platform/env';

const current = new AsyncLocalStorage<string>();

/**
 * Returns the id of the request: the one in the header that the proxy writes (`REQUEST_ID_HEADER`) if it is
 * well-formed, otherwise a new one.
 */
export function readRequestId(headers: Headers): string {
  const { requestIdHeader } = getEnv().site;
  const given = requestIdHeader === null ? null : headers.get(requestIdHeader);
  return given && /^[A-Za-z0-9_:-]{8,64}$/.test(given) ? given : randomUUID();
}

/** Runs `work` so that every log line written meanwhile carries the id, and returns its result. */
export const withRequestId = <T>(requestId: string, work: () => T): T => current.run(requestId, work);

/** Returns the id of the current request, if there is one. */
export const currentRequestId = (): string | undefined => current.getStore();
