import 'server-only';
import type { CallId, RtcCallId } from '@/lib/shared/ids';

/** The sums of a day are kept for this long. */
export const KEEP_SECONDS = 3 * 24 * 3600;
/** Calls are kept for this long, with the replies of their tools. A call lasts an hour, and its hang-up two at most. */
export const KEEP_CALL_SECONDS = 24 * 3600;
/** What is left of a call that never came about: so long it refuses latecomers and returns the same receipt. */
export const SHORT_KEEP_SECONDS = 120;

/** What a day came to can be looked at for 400 days. A hash holds a quarter, and is renewed with each of its days. */
export const KEEP_SPEND_SECONDS = 500 * 24 * 3600;

/** Returns the quarter of a day, such as `2026-Q4`. */
const quarterOf = (day: string) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/** Every key that calls, money and limits use. Tools keep their own data under keys of their own. */
export const storeKeys = {
  /** Hash: one call, with the replies of its tools. */
  call: (callId: CallId) => `voice:call:${callId}`,
  /**
   * Hash: the books of one UTC day. `{account}:spent` and `{account}:held` of everybody and of the site, and
   * `slot:{owner}`, the one open call of a user; the sums by agent and role; `gate`, see `RESERVE`. One hash, because a
   * command reads or writes any number of its fields.
   */
  books: (day: string) => `voice:books:${day}`,
  /**
   * Hash: what the calls of a day came to, by agent and role: `{day} {agent} {role}` holds calls, seconds and micro-USD. Those of
   * a quarter, so that a few commands read 400 days.
   */
  spend: (day: string) => `voice:spend:${quarterOf(day)}`,
  /** Hash: refused calls, `{day} {code}` or `{day} {code} {cause of the provider}`, of a quarter. */
  refusals: (day: string) => `voice:refusals:${quarterOf(day)}`,
  /** Sorted set by when that was: connections whose hang-up was given up, as a `HangUpEntry`. */
  givenUp: 'voice:hang-ups-given-up',
  /** String: the call that a provider's connection belongs to. */
  connection: (rtcCallId: RtcCallId) => `voice:connection:${rtcCallId}`,
  /**
   * Sorted set by time: open calls by when they must end, and connections that have to be hung up by the next attempt.
   * A call is its id, its person and the accounts that it shares with others, separated by spaces; a connection is a `HangUpEntry`.
   */
  deadlines: 'voice:deadlines',
  /** String: no new call begins while it is there. Since when, in milliseconds. */
  paused: 'voice:paused',
  /** Hash: `person {name in the audit trail}` and `network {keyed hash}`, which may begin no call. */
  blocks: 'voice:blocks',
  /** String: when a scheduler last called the reaper, in milliseconds. */
  lastSweep: 'voice:last-sweep',
  /** String: written by the health check, for a minute. A cluster keeps keys of different names apart. */
  check: (name: 'one' | 'other') => `voice:check:${name}`,
  /** Sorted set by the time of the next attempt: webhooks that were not delivered, as their id, a space and the body. */
  webhooks: 'voice:webhooks',
  /** String: which receiver wants no more webhooks, as a hash. */
  webhookStopped: 'voice:webhook-stopped',
  /** String: the owner has been told of an event that would repeat. */
  told: (event: string) => `voice:told:${event}`,
  /** Streams: the audit trails, capped and of limited age, see `records/audit`. */
  audit: 'voice:audit',
  guestAudit: 'voice:audit:guests',
  refusalAudit: 'voice:audit:refusals',
} as const;
