import { ownFailure } from '@/lib/client/api/call-failure';

/**
 * Waits for `work`, but not longer than `limitMs` and not after `signal`. The work itself is not stopped:
 * whoever began it also deals with its late result.
 * @throws CallFailure `timeout`, or the signal's reason.
 */
export function within<Result>(
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
