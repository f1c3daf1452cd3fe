import { ownFailure } from '@/lib/client/api/call-failure';

/**
 * Returns the result of `work`, unless `limitMs` or `signal` comes first. The work itself goes on: the code that
 * began it deals with a late result. Throws `timeout`, or the signal's reason.
 */
export function withDeadline<Result>(
  work: Promise<Result>,
  limitMs: number,
  signal?: AbortSignal,
): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    const onAbort = () => reject(signal?.reason);
    const timer = setTimeout(() => reject(ownFailure('timeout')), limitMs);
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    });
  });
}
