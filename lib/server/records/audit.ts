import 'server-only';
import type { SignInCause } from '@/lib/server/auth/sign-in/cause';
import { GUEST_ID_PREFIX } from '@/lib/server/auth/user';
import { createTokenBuckets } from '@/lib/server/http/limits/token-buckets';
import { AppError } from '@/lib/server/platform/app-error';
import { afterResponse } from '@/lib/server/platform/background';
import { describeError } from '@/lib/server/platform/describe-error';
import { keyedHash } from '@/lib/server/platform/keyed-hash';
import { auditLog, log } from '@/lib/server/platform/log';
import { currentRequestId } from '@/lib/server/platform/request-id';
import { countRefusal } from '@/lib/server/records/refusal-counts';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { EndReason } from '@/lib/shared/contract';
import type { ErrorCode } from '@/lib/shared/errors';
import type { CallId, RtcCallId, UserId } from '@/lib/shared/ids';

/** Older entries are deleted. The log lines are the long memory. */
export const AUDIT_KEEP_DAYS = 90;
const DAY_MS = 24 * 3600 * 1000;
const TRIM_EVERY_MS = 3600 * 1000;

/** What strangers can cause is kept apart, so that they cannot push out the rest. Each keeps about `most` entries. */
const TRAILS = {
  members: { key: storeKeys.audit, most: 10_000 },
  guests: { key: storeKeys.guestAudit, most: 5_000 },
  refusals: { key: storeKeys.refusalAudit, most: 1_000 },
} as const;
type Trail = keyof typeof TRAILS;

/**
 * Everything worth finding again after a complaint, a bill or an attack. Closed on purpose: no field here could hold a
 * key, a secret, an SDP, a transcript, an e-mail address or an argument.
 */
export type AuditEvent =
  | { event: 'sign_in'; userId: UserId; provider: string }
  /** `code` is next-auth's own, such as `OAUTH_CALLBACK_ERROR`. */
  | { event: 'sign_in_failed'; code: string; cause: SignInCause }
  | { event: 'call_opened'; userId: UserId; callId: CallId; agent: string; seconds: number }
  | { event: 'call_refused'; userId: UserId; code: ErrorCode }
  | { event: 'call_connected'; userId: UserId; callId: CallId }
  | { event: 'tool_run'; userId: UserId; callId: CallId; tool: string; ok: boolean; ms: number }
  | {
      event: 'call_ended';
      userId: UserId;
      callId: CallId;
      reason: EndReason;
      seconds: number;
      estimatedUsd: number;
    }
  | { event: 'data_exported' | 'data_deleted'; userId: UserId }
  /** Its connection was hung up later than it was settled. */
  | { event: 'call_corrected'; userId: UserId; callId: CallId; seconds: number; estimatedUsd: number }
  /** What an administrator did in the console. The user is the administrator. */
  | { event: 'calls_paused' | 'calls_resumed'; userId: UserId }
  | { event: 'call_hung_up'; userId: UserId; callId: CallId }
  | { event: 'hang_up_retried'; userId: UserId; callId: CallId; ok: boolean }
  /** `who`: the person's name in these entries; of a network a part of its keyed hash. */
  | {
      event: 'person_blocked' | 'person_unblocked' | 'network_blocked' | 'network_unblocked';
      userId: UserId;
      who: string;
    }
  | { event: 'call_reaped'; userId: UserId; callId: CallId }
  | { event: 'hang_up_failed' | 'hang_up_given_up'; rtcCallId: RtcCallId };

type Entry = Record<string, string | number | boolean>;

/** Returns the user's name in log lines and in the stream: stable, and not their id. */
export const auditName = (userId: UserId): string => keyedHash('audit', userId).slice(0, 16);

/** Returns the event as it is written, with the user as a keyed hash. */
function formatEntry({ event, ...fields }: AuditEvent): Entry {
  const { userId, ...others }: Entry & { userId?: UserId } = fields;
  return {
    event,
    ...(userId === undefined ? {} : { user: auditName(userId) }),
    ...others,
  };
}

const LOG_ALONE: ReadonlySet<AuditEvent['event']> = new Set(['sign_in_failed', 'call_connected', 'tool_run']);

/**
 * Returns where the event is kept; `null` for the log alone: anyone on the internet can fail to sign in, and what happens
 * within a call would cost the database as much as the call itself.
 */
function trailOf(event: AuditEvent): Trail | null {
  if (LOG_ALONE.has(event.event)) return null;
  if (event.event === 'call_refused') return 'refusals';
  return 'userId' in event && event.userId.startsWith(GUEST_ID_PREFIX) ? 'guests' : 'members';
}

/** What administrators do in the console is always kept: they are trusted, and few. */
const BY_ADMINISTRATORS: ReadonlySet<AuditEvent['event']> = new Set([
  'calls_paused',
  'calls_resumed',
  'call_hung_up',
  'hang_up_retried',
  'person_blocked',
  'person_unblocked',
  'network_blocked',
  'network_unblocked',
]);
/** So much of one member is kept in a day, by each process: nobody pushes out what the others did. The log has all of it. */
const MOST_OF_MEMBER_PER_DAY = 300;

const membersEntries = createTokenBuckets(DAY_MS);

/** Returns whether the trail has room for another entry of this person today. */
function hasRoom(event: AuditEvent, trail: Trail): boolean {
  if (trail !== 'members' || !('userId' in event) || BY_ADMINISTRATORS.has(event.event)) return true;
  return membersEntries.take(event.userId, MOST_OF_MEMBER_PER_DAY, performance.now()) === 0;
}

const samples = createTokenBuckets();

/** Returns whether the event is one of too many alike: the first of them say it all. */
function isRepetition(event: AuditEvent): boolean {
  const nowMs = performance.now();
  switch (event.event) {
    case 'sign_in_failed':
      return samples.take(`${event.code} ${event.cause}`, 10, nowMs) > 0;
    case 'call_refused':
      return samples.take(`${event.userId} ${event.code}`, 1, nowMs) > 0;
    default:
      return false;
  }
}

const trimmedAtMs: Partial<Record<Trail, number>> = {};

async function append(trail: Trail, entry: Entry): Promise<void> {
  const { key, most } = TRAILS[trail];
  const redis = getRedis();
  const trim = { type: 'MAXLEN', threshold: most, comparison: '~' } as const;
  const id = await fromStore(redis.xadd(key, '*', entry, { trim }));
  if (Date.now() - (trimmedAtMs[trail] ?? 0) < TRIM_EVERY_MS) return;
  trimmedAtMs[trail] = Date.now();
  // The id is the time by the database's own clock, in milliseconds and a number.
  const oldestMs = Number.parseInt(id, 10) - AUDIT_KEEP_DAYS * DAY_MS;
  const trimming = [
    redis.xtrim(key, { strategy: 'MINID', exactness: '=', threshold: `${oldestMs}-0` }),
    redis.expire(key, (AUDIT_KEEP_DAYS * DAY_MS) / 1000),
  ];
  await fromStore(Promise.all(trimming));
}

/**
 * Records an event: one log line now, and one entry of a stream after the response, so that no response waits for it.
 * Of failed sign-ins and of refusals only the first of many alike are recorded, and of one member's entries the stream
 * gets so many a day. Never throws: a call does not fail because it could not be recorded.
 */
export function audit(event: AuditEvent): void {
  try {
    if (isRepetition(event)) return;
    const entry = formatEntry(event);
    const trail = trailOf(event);
    const requestId = currentRequestId();
    auditLog().info({ audit: entry }, 'audit');
    if (trail === null || !hasRoom(event, trail)) return;
    afterResponse('audit', () => append(trail, requestId ? { ...entry, requestId } : entry));
  } catch (error) {
    log().error({ error: describeError(error) }, 'audit failed');
  }
}

/** Returns a handler for `.catch()` that counts and records why the user's call was refused, and throws the refusal again. */
export const auditRefusal =
  (userId: UserId) =>
  (error: unknown): never => {
    const refusal = error instanceof AppError ? error : new AppError('internal');
    countRefusal(refusal);
    audit({ event: 'call_refused', userId, code: refusal.code });
    throw error;
  };
