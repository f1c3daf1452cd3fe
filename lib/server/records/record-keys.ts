import 'server-only';
import { decideRole } from '@/lib/server/auth/user';
import type { CallId, UserId } from '@/lib/shared/ids';
import { HISTORY_KEEP_DAYS } from '@/lib/shared/kept-transcript';

/** Returns how long a user's past calls and kept conversations are stored. */
export const historyKeepSeconds = (userId: UserId): number =>
  HISTORY_KEEP_DAYS[decideRole(userId, null)] * 24 * 3600;

/** For so long after a deletion, work that was under way for the user writes nothing into the history. */
export const ERASED_MARK_SECONDS = 120;

/** What is stored about a user's past calls, beside the calls themselves in `store/store-keys`. */
export const recordKeys = {
  /** Sorted set: a user's settled calls by the time at which they began. */
  history: (userId: UserId) => `voice:history:${userId}`,
  /** String: the facts of one settled call, without its transcript. */
  pastCall: (callId: CallId) => `voice:past-call:${callId}`,
  /** Sorted set: the calls whose transcripts a user keeps, by the time at which each was kept. */
  kept: (userId: UserId) => `voice:kept:${userId}`,
  /** String: the user's data were just deleted. */
  erased: (userId: UserId) => `voice:erased:${userId}`,
  /** String: the transcript of one call, because its owner asked to keep it. */
  transcript: (callId: CallId) => `voice:transcript:${callId}`,
} as const;
