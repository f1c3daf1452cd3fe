import { CallFailure, ownFailure, SecretRefusal } from '@/lib/client/api/call-failure';

/** The answer to our offer, and after it an open channel, may take this long each. */
const STEP_LIMIT_MS = 10_000;

/** The SDK reports a refused offer as text with the status in it. */
export function connectFailure(error: unknown): CallFailure {
  if (error instanceof CallFailure) return error;
  const status = Number(/failed with status (\d{3})/.exec(String(error))?.[1] ?? 0);
  if (status === 401) return new SecretRefusal();
  // 503: overloaded. In relay mode it is also how our own server passes a 429 on.
  if (status === 429 || status === 503) return ownFailure('provider_busy');
  if (status >= 500) return ownFailure('provider_failed');
  return ownFailure(status >= 400 ? 'provider_refused' : 'network');
}

/** Two steps, each with its own time limit: the offer's answer, then an open channel. */
export function createStepLimit() {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let expire: (error: Error) => void = () => {};
  const expired = new Promise<never>((_, reject) => {
    expire = reject;
  });
  expired.catch(() => {});
  return {
    expired,
    restart() {
      clearTimeout(timer);
      timer = setTimeout(() => expire(ownFailure('timeout')), STEP_LIMIT_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
