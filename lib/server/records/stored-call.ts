import 'server-only';
import { z } from 'zod';
import { CONNECT_MODES } from '@/lib/server/money/ledger';
import { AppError } from '@/lib/server/platform/app-error';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { CallOptions, END_REASONS } from '@/lib/shared/contract';
import { CallId, RtcCallId, UserId } from '@/lib/shared/ids';

const Begun = z.object({
  owner: UserId,
  /** Who is on the line now. */
  agent: z.string(),
  /** What the visitor chose when the call was opened. */
  options: CallOptions.default({}),
  /** UTC day of the reservation. */
  day: z.string(),
  accounts: z.array(z.object({ id: z.string(), allowanceSeconds: z.number() })),
  reservedSeconds: z.number().int(),
  /** The planning price at which it was reserved. Nothing when the caller's own key pays. */
  microUsdPerSecond: z.number().int(),
  startedAtMs: z.number().int(),
  deadlineMs: z.number().int(),
  connect: z.enum(CONNECT_MODES),
  /** How often it was resumed after the line dropped. */
  resumes: z.number().int().default(0),
  /** Relay: the offer that used the last ticket. */
  dialId: z.string().optional(),
  /** The provider's id of the connection. Unless we relay, the browser reports it, so it may never come. */
  rtcCallId: RtcCallId.optional(),
});

const StoredCall = z.discriminatedUnion('state', [
  Begun.extend({ state: z.literal('open') }),
  Begun.extend({ state: z.literal('connected'), rtcCallId: RtcCallId }),
  Begun.extend({
    state: z.literal('ended'),
    endedAtMs: z.number().int(),
    reason: z.enum(END_REASONS),
    chargedSeconds: z.number().int(),
    secondsLeftToday: z.number().int(),
  }),
]);

export type CallRecord = z.infer<typeof StoredCall> & { callId: CallId };

/** The stored call, or `null` when there is none of this id. Throws `store_unavailable`. */
export async function readCall(callId: CallId): Promise<CallRecord | null> {
  const fields = await fromStore(getRedis().hgetall<Record<string, unknown>>(storeKeys.call(callId)));
  if (!fields || fields.state === 'void') return null;
  const stored = StoredCall.safeParse(fields);
  if (!stored.success) throw new AppError('store_unavailable', { cause: stored.error });
  return { ...stored.data, callId };
}

/** Returns the id that an address names. Throws `call_not_found` for a text that is no id. */
export function requireCallId(text: string): CallId {
  const callId = CallId.safeParse(text);
  if (!callId.success) throw new AppError('call_not_found');
  return callId.data;
}

/** The person's call, in whatever state. Throws `call_not_found`, for anyone else's call too. */
export async function requireOwnCall(userId: UserId, callId: CallId): Promise<CallRecord> {
  const call = await readCall(callId);
  if (call?.owner !== userId) throw new AppError('call_not_found');
  return call;
}
