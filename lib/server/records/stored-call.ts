import 'server-only';
import { z } from 'zod';
import { CONNECT_MODES } from '@/lib/server/auth/connect-mode';
import { StoredReason } from '@/lib/server/money/settle-scripts';
import { AppError } from '@/lib/server/platform/app-error';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { CallOptions } from '@/lib/shared/contract';
import { CallId, RtcCallId, type ToolCallId, UserId } from '@/lib/shared/ids';

/*
 * Read tolerantly: during a deployment, or after one was rolled back, a call may have been stored by a newer version. Fields
 * and options that this one does not know are dropped. Only what money and hang-ups need must be as expected.
 */

/** The client of the database reads digits as a number. `calls/connect-call` lets in what comes back as it was. */
const StoredRtcCallId = z.union([z.string(), z.number()]).transform(String).pipe(RtcCallId);

/** What the user of a stored call chose. */
export const StoredOptions = z.object(CallOptions.shape).catch({});

const Begun = z.object({
  owner: UserId,
  /** The agent that is in the call now. */
  agent: z.string(),
  /** What the user chose when the call was opened. */
  options: StoredOptions,
  /** UTC day of the reservation. */
  day: z.string(),
  reservedSeconds: z.number().int(),
  /** The planning price of the reservation. Zero if the caller's own key pays. */
  microUsdPerSecond: z.number().int(),
  startedAtMs: z.number().int(),
  deadlineMs: z.number().int(),
  connect: z.enum(CONNECT_MODES),
  /** Until when its last secret or ticket can be used. */
  secretUntilMs: z.number().int(),
  /** How often it was resumed after its connection dropped. */
  resumes: z.number().int().default(0),
  /** Relay: the offer that used the last ticket. */
  dialId: z.string().optional(),
  /** The provider's id of the connection. Except in relay mode, the browser reports it, so it may never come. */
  rtcCallId: StoredRtcCallId.optional(),
  /** When its connection was stored; kept when the call is resumed. Missing: it never connected. */
  connectedAtMs: z.number().int().optional(),
});

const Fields = z.discriminatedUnion('state', [
  Begun.extend({ state: z.literal('open') }),
  Begun.extend({ state: z.literal('connected'), rtcCallId: StoredRtcCallId }),
  Begun.extend({
    state: z.literal('ended'),
    endedAtMs: z.number().int(),
    reason: StoredReason,
    chargedSeconds: z.number().int(),
    chargedMicroUsd: z.number().int(),
    secondsLeftToday: z.number().int(),
  }),
]);

/** The owner of a call that ended, and whose user has deleted everything since. */
export const NAMELESS = UserId.parse('deleted');

export type StoredCall = z.infer<typeof Fields> & { callId: CallId };

/** Only these are read: the same hash holds what tools replied, which may be a hundred times as long. */
const FIELD_NAMES = [...new Set(Fields.options.flatMap(({ shape }) => Object.keys(shape)))];

/**
 * Fields of the hash of a call that one tool run has: its reply, and its title if it changed something. The scripts of
 * `money/settle-scripts` read the titles.
 */
export const runField = (toolCallId: ToolCallId) => `run:${toolCallId}`;
export const doneField = (toolCallId: ToolCallId) => `done:${toolCallId}`;

/** Returns whether nobody has used the ticket of a relayed call: nothing talks, and nothing can once it expires. */
export const isUndialled = ({ connect, dialId, rtcCallId }: StoredCall): boolean =>
  connect === 'relay' && dialId === undefined && rtcCallId === undefined;

/** Returns when the server ends the call: at its deadline, or once nobody can use its ticket any more. */
export const dueAtMs = (call: StoredCall): number =>
  isUndialled(call) ? Math.min(call.deadlineMs, call.secretUntilMs) : call.deadlineMs;

/** Returns the id in an address. Throws `call_not_found` for any other text: it could name another key. */
export function requireCallId(text: string): CallId {
  const callId = CallId.safeParse(text);
  if (!callId.success) throw new AppError('call_not_found');
  return callId.data;
}

/** Returns the stored call, or `null` if there is none of this id. Throws `store_unavailable`. */
export async function readCall(callId: CallId): Promise<StoredCall | null> {
  // The client's own `hmget` would read an id of many digits as a rounded number.
  const command: [string, ...string[]] = ['HMGET', storeKeys.call(callId), ...FIELD_NAMES];
  const values = await fromStore(getRedis().exec<unknown[]>(command));
  const fields = FIELD_NAMES.flatMap((name, i) => (values[i] === null ? [] : [[name, values[i]]]));
  if (fields.length === 0) return null;
  const stored = Fields.safeParse(Object.fromEntries(fields));
  if (!stored.success) throw new AppError('store_unavailable', { cause: stored.error });
  return { ...stored.data, callId };
}

/** Returns the user's call in any state. Throws `call_not_found`, also for another user's call, or `store_unavailable`. */
export async function requireOwnCall(userId: UserId, callId: CallId): Promise<StoredCall> {
  const call = await readCall(callId);
  if (call?.owner !== userId) throw new AppError('call_not_found');
  return call;
}
