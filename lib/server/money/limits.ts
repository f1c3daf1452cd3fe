import 'server-only';
import { Ratelimit } from '@upstash/ratelimit';
import type { User } from '@/lib/server/auth/user';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';

/** A network may hold several people: an office, a classroom. */
const NETWORK_FACTOR = 4;
const TOOL_CALLS_PER_MINUTE = 60;

interface Limit {
  count: number;
  limiter: Ratelimit;
}

function perMinute(name: string, count: number): Limit {
  const limiter = new Ratelimit({
    redis: getRedis(),
    limiter: Ratelimit.slidingWindow(count, '60 s'),
    prefix: `voice:limit:${name}`,
    // The library returns "allowed" when its own timeout passes; `fromStore` refuses instead.
    timeout: 0,
    ephemeralCache: false,
  });
  return { count, limiter };
}

function createLimits() {
  const { callsPerMinute } = getEnv().voice;
  return {
    openCall: perMinute('open-call', callsPerMinute),
    openCallByNetwork: perMinute('open-call-network', callsPerMinute * NETWORK_FACTOR),
    toolCall: perMinute('tool-call', TOOL_CALLS_PER_MINUTE),
  };
}

let limits: ReturnType<typeof createLimits> | undefined;

async function spend(name: keyof ReturnType<typeof createLimits>, id: string): Promise<void> {
  limits ??= createLimits();
  const { count, limiter } = limits[name];
  const { success, reason, limit, remaining, reset } = await fromStore(limiter.limit(id));
  // The library makes a decision out of anything that comes back, so only a plausible reply counts.
  const plausible = reason === undefined && limit === count && Number.isInteger(remaining);
  if (!plausible) throw new AppError('store_unavailable');
  if (success) return;
  throw new AppError('rate_limited', { retryAfterSeconds: Math.ceil((reset - Date.now()) / 1000) });
}

/** Counts one attempt to open a call. Throws `rate_limited`, or `store_unavailable` if the count is not certain. */
export async function limitOpenCall(user: User): Promise<void> {
  await Promise.all([
    spend('openCall', user.id),
    ...(user.network ? [spend('openCallByNetwork', user.network)] : []),
  ]);
}

/** Counts one tool call. Throws `rate_limited`, or `store_unavailable` if the count is not certain. */
export const limitToolCall = (user: User): Promise<void> => spend('toolCall', user.id);

/**
 * Returns the result of `claim`, which runs beside the rate limit in the same request to the database. A refusal of
 * the claim comes first; if only the limit refuses, `undo` takes the claim back.
 */
export async function claimWithin<T>(
  limit: Promise<void>,
  claim: Promise<T>,
  undo: (claimed: T) => Promise<unknown>,
): Promise<T> {
  const [limited, claimed] = await Promise.allSettled([limit, claim]);
  if (claimed.status === 'rejected') throw claimed.reason;
  if (limited.status === 'fulfilled') return claimed.value;
  await undo(claimed.value);
  throw limited.reason;
}
