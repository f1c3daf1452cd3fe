import 'server-only';
import type { CallId, RtcCallId, UserId } from '@/lib/shared/ids';

/** Calls and sums are kept for this long. A call lasts an hour at most. */
export const KEEP_SECONDS = 3 * 24 * 3600;
/** Tool replies serve repeats within seconds, and the history of the call when it ends: an hour later at most. */
export const KEEP_TOOL_RUNS_SECONDS = 24 * 3600;

/** Every key that calls, money and limits use. Tools keep their own data under keys of their own. */
export const storeKeys = {
  /** Hash: one call. */
  call: (callId: CallId) => `voice:call:${callId}`,
  /** Hash: the replies of the call's tools, by tool call id. */
  toolRuns: (callId: CallId) => `voice:call:${callId}:tools`,
  /** String: the one open call of a user. */
  slot: (owner: UserId) => `voice:slot:${owner}`,
  /** Hash: seconds spent and held by a user or a network on one day. */
  account: (id: string, day: string) => `voice:account:${id}:${day}`,
  /** Hash: micro-USD spent and held by the whole site on one day. */
  site: (day: string) => `voice:site:${day}`,
  /** String: the call that a provider's connection belongs to. */
  connection: (rtcCallId: RtcCallId) => `voice:connection:${rtcCallId}`,
  /** Sorted set: open calls by the time at which they must end. */
  deadlines: 'voice:deadlines',
  /** Sorted set: connections that still have to be hung up, each with its call, by the time of the next attempt. */
  hangUps: 'voice:hang-ups',
  /** String: when a scheduler last called the reaper, in milliseconds. */
  lastSweep: 'voice:last-sweep',
  /** String: written by the health check, for a minute. A cluster keeps keys of different names apart. */
  check: (name: 'one' | 'other') => `voice:check:${name}`,
  /** Streams: the audit trails, capped and of limited age, see `records/audit`. */
  audit: 'voice:audit',
  guestAudit: 'voice:audit:guests',
  refusalAudit: 'voice:audit:refusals',
} as const;
