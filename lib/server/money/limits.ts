import 'server-only';
import { Ratelimit } from '@upstash/ratelimit';
import type { User } from '@/lib/server/auth/user';
import { isOneNetwork, widestNetwork } from '@/lib/server/http/client-network';
import { BoundedMap } from '@/lib/server/money/bounded-map';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';

/** A network may hold several people: an office, a classroom. */
const NETWORK_FACTOR = 4;
/** The IPv6 prefix of a single customer may hold several such networks. */
const PREFIX_FACTOR = 16;
/** Each new guest is a customer of the business with stored data. */
const GUEST_SIGN_INS_PER_HOUR = 60;
/** Where no header tells networks apart, all guests share one count. If it were lower, anyone could shut out all others. */
const GUEST_SIGN_INS_OF_ALL_PER_HOUR = 600;

interface Limit {
  count: number;
  limiter: Ratelimit;
  /** The limiter's own cache of blocks. It never remembers that somebody is allowed. */
  isBlockedUntilMs: (id: string) => number;
}

function limitTo(name: string, count: number, window: '60 s' | '1 h' = '60 s'): Limit {
  const prefix = `voice:limit:${name}`;
  const blockedUntilMs = new BoundedMap<number>((untilMs) => untilMs <= Date.now());
  const limiter = new Ratelimit({
    redis: getRedis(),
    // Two or three commands; a sliding window takes five. These limits do not protect money.
    limiter: Ratelimit.fixedWindow(count, window),
    prefix,
    // The library returns "allowed" when its own timeout passes; `fromStore` refuses instead.
    timeout: 0,
    ephemeralCache: blockedUntilMs,
  });
  return { count, limiter, isBlockedUntilMs: (id) => blockedUntilMs.get(`${prefix}:${id}`) ?? 0 };
}

function createLimits() {
  const { callsPerMinute } = getEnv().voice;
  return {
    openCall: limitTo('open-call', callsPerMinute),
    openCallByNetwork: limitTo('open-call-network', callsPerMinute * NETWORK_FACTOR),
    openCallByPrefix: limitTo('open-call-prefix', callsPerMinute * PREFIX_FACTOR),
    guestSignIn: limitTo('guest-sign-in', GUEST_SIGN_INS_PER_HOUR, '1 h'),
    guestSignInOfAll: limitTo('guest-sign-in-all', GUEST_SIGN_INS_OF_ALL_PER_HOUR, '1 h'),
  };
}

let limits: ReturnType<typeof createLimits> | undefined;

type Spending = readonly [name: keyof ReturnType<typeof createLimits>, id: string];

const rateLimited = (untilMs: number) =>
  new AppError('rate_limited', { retryAfterSeconds: Math.ceil((untilMs - Date.now()) / 1000) });

async function spend([name, id]: Spending): Promise<void> {
  limits ??= createLimits();
  const { count, limiter } = limits[name];
  const { success, reason, limit, remaining, reset } = await fromStore(limiter.limit(id));
  // The library makes a decision out of any reply, so only a plausible one counts.
  const plausible =
    (reason === undefined || reason === 'cacheBlock') && limit === count && Number.isInteger(remaining);
  if (!plausible) throw new AppError('store_unavailable');
  if (!success) throw rateLimited(reset);
}

/** Throws `rate_limited` if this process remembers one of the blocks. Sends no command. */
function refuseBlocked(spendings: readonly Spending[]): void {
  limits ??= createLimits();
  for (const [name, id] of spendings) {
    const untilMs = limits[name].isBlockedUntilMs(id);
    if (untilMs > Date.now()) throw rateLimited(untilMs);
  }
}

function openCallSpendings({ id, network }: User): Spending[] {
  if (network === null) return [['openCall', id]];
  const widest = widestNetwork(network);
  return [
    ['openCall', id],
    [widest === network ? 'openCallByNetwork' : 'openCallByPrefix', widest],
  ];
}

/** Throws `rate_limited` if this process remembers that the user may not open another call yet. Sends no command. */
export const refuseBlockedOpenCall = (user: User): void => refuseBlocked(openCallSpendings(user));

/** Counts one attempt to open a call. Throws `rate_limited`, or `store_unavailable` if the count is not certain. */
export async function limitOpenCall(user: User): Promise<void> {
  const spendings = openCallSpendings(user);
  refuseBlocked(spendings);
  await Promise.all(spendings.map(spend));
}

/**
 * Counts one guest sign-in from a network; `null` on a developer's machine, where nothing is counted.
 * Throws `rate_limited`, or `store_unavailable` if the count is not certain.
 */
export async function limitGuestSignIn(network: string | null): Promise<void> {
  if (network === null) return;
  const spending: Spending = [
    isOneNetwork(network) ? 'guestSignIn' : 'guestSignInOfAll',
    widestNetwork(network),
  ];
  refuseBlocked([spending]);
  await spend(spending);
}

/**
 * Returns the result of `claim`, which shares one request to the database with the rate limit. If the claim is refused, that
 * is what is thrown; if only the limit refuses, `undo` takes the claim back.
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
