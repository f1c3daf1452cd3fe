import 'server-only';
import { Ratelimit } from '@upstash/ratelimit';
import type { User } from '@/lib/server/auth/user';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';

/** A network may hold several people: an office, a classroom. */
const NETWORK_FACTOR = 4;
/** A guest is a new customer of the business, whose file is stored. */
const GUEST_SIGN_INS_PER_HOUR = 60;

interface Limit {
  count: number;
  limiter: Ratelimit;
}

function limitTo(name: string, count: number, window: '60 s' | '1 h' = '60 s'): Limit {
  const limiter = new Ratelimit({
    redis: getRedis(),
    limiter: Ratelimit.slidingWindow(count, window),
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
    openCall: limitTo('open-call', callsPerMinute),
    openCallByNetwork: limitTo('open-call-network', callsPerMinute * NETWORK_FACTOR),
    guestSignIn: limitTo('guest-sign-in', GUEST_SIGN_INS_PER_HOUR, '1 h'),
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

/**
 * Counts one sign-in as a guest from a network; `null` on a developer's machine, where nothing is counted.
 * Throws `rate_limited`, or `store_unavailable` if the count is not certain.
 */
export const limitGuestSignIn = async (network: string | null): Promise<void> => {
  if (network) await spend('guestSignIn', network);
};

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
