// Tested in calls/command-cost.test.
import 'server-only';
import { BoundedMap } from '@/lib/server/money/bounded-map';
import type { ErrorCode } from '@/lib/shared/errors';

/** A refusal is looked up again after at most this long: room may come back sooner than expected. */
const REMEMBER_MS = 10_000;

interface Refusal {
  code: ErrorCode;
  /** When it makes sense to try again. */
  retryAtMs: number;
}

const remembered = new BoundedMap<Refusal & { untilMs: number }>(({ untilMs }) => untilMs <= Date.now());

/**
 * Remembers in this process that an account has no room, until it should have, and for ten seconds at most. That something
 * was allowed is never remembered.
 */
export function rememberRefusal(accountId: string, refusal: Refusal): void {
  const untilMs = Math.min(refusal.retryAtMs, Date.now() + REMEMBER_MS);
  remembered.set(accountId, { ...refusal, untilMs });
}

/** Returns a refusal that still holds for one of the accounts, or `null`. Sends no command. */
export function findRefusal(accountIds: readonly string[]): Refusal | null {
  for (const id of accountIds) {
    const refusal = remembered.get(id);
    if (refusal && Date.now() < refusal.untilMs) return refusal;
  }
  return null;
}
