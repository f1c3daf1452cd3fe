import 'server-only';
import { AppError } from '@/lib/server/platform/app-error';
import { afterResponse } from '@/lib/server/platform/background';
import { describeError } from '@/lib/server/platform/describe-error';
import { keyedHash } from '@/lib/server/platform/keyed-hash';
import { log } from '@/lib/server/platform/log';
import { currentRequestId } from '@/lib/server/platform/request-id';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { EndReason } from '@/lib/shared/contract';
import type { ErrorCode } from '@/lib/shared/errors';
import type { CallId, RtcCallId, UserId } from '@/lib/shared/ids';

/** The stream keeps about this many entries. The log lines are the long memory. */
const KEPT_ENTRIES = 10_000;

/**
 * Everything worth finding again after a complaint, a bill or an attack. Closed on purpose: no field here could hold a
 * key, a secret, an SDP, a transcript, an e-mail address or an argument.
 */
export type AuditEvent =
  | { event: 'sign_in'; userId: UserId; provider: string }
  /** `code` is next-auth's own, such as `OAUTH_CALLBACK_ERROR`. */
  | { event: 'sign_in_failed'; code: string }
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
  | { event: 'call_reaped'; callId: CallId }
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

const append = (entry: Entry): Promise<unknown> =>
  fromStore(
    getRedis().xadd(storeKeys.audit, '*', entry, {
      trim: { type: 'MAXLEN', threshold: KEPT_ENTRIES, comparison: '~' },
    }),
  );

/**
 * Records an event: one log line now, and one entry of the stream `voice:audit` after the response, so that no
 * response waits for it. Never throws: a call does not fail because it could not be recorded.
 */
export function audit(event: AuditEvent): void {
  try {
    const entry = formatEntry(event);
    const requestId = currentRequestId();
    log().info({ audit: entry }, 'audit');
    afterResponse('audit', () => append(requestId ? { ...entry, requestId } : entry));
  } catch (error) {
    log().error({ error: describeError(error) }, 'audit failed');
  }
}

/** Returns a handler for `.catch()` that records why the user's call was refused, and throws the refusal again. */
export const auditRefusal =
  (userId: UserId) =>
  (error: unknown): never => {
    audit({ event: 'call_refused', userId, code: error instanceof AppError ? error.code : 'internal' });
    throw error;
  };
