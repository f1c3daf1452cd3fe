import 'server-only';

const EXPIRED = Symbol('expired');

/**
 * Returns the result of `work` if it settles within `limitMs`, otherwise what `onExpired` returns. `onExpired` may
 * throw. `work` itself goes on: `onExpired` is the place to cancel it.
 */
export async function withDeadline<T>(work: Promise<T>, limitMs: number, onExpired: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<typeof EXPIRED>((resolve) => {
    timer = setTimeout(() => resolve(EXPIRED), limitMs);
  });
  try {
    const first = await Promise.race([work, expiry]);
    return first === EXPIRED ? onExpired() : first;
  } finally {
    clearTimeout(timer);
  }
}
