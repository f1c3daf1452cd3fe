import 'server-only';
import type { CallId, UserId } from '@/lib/shared/ids';
import { HISTORY_KEEP_DAYS } from '@/lib/shared/kept-transcript';

/** How long past calls and kept conversations are stored. */
export const HISTORY_KEEP_SECONDS = HISTORY_KEEP_DAYS * 24 * 3600;

/** What is stored about a user's past calls, beside the calls themselves in `store/store-keys`. */
export const recordKeys = {
  /** Sorted set: a user's settled calls by the time at which they began. */
  history: (userId: UserId) => `voice:history:${userId}`,
  /** String: the facts of one settled call, without its transcript. */
  pastCall: (callId: CallId) => `voice:past-call:${callId}`,
  /** Sorted set: the calls whose transcripts a user keeps, by the time at which each was kept. */
  kept: (userId: UserId) => `voice:kept:${userId}`,
  /** String: the transcript of one call, because its owner asked to keep it. */
  transcript: (callId: CallId) => `voice:transcript:${callId}`,
} as const;
