import 'server-only';
import type { User } from '@/lib/server/auth/user';
import { endCall } from '@/lib/server/endings/end-call';
import { reap, takeOverdue } from '@/lib/server/endings/reap';
import { giveBack } from '@/lib/server/money/give-back';
import {
  type NewCall,
  type ReservationResult,
  reserve,
  secondsUntilNextDay,
  utcDay,
} from '@/lib/server/money/ledger';
import { limitOpenCall } from '@/lib/server/money/limits';
import { AppError } from '@/lib/server/platform/app-error';
import { afterResponse } from '@/lib/server/platform/background';
import { readCall } from '@/lib/server/records/stored-call';
import type { CallId } from '@/lib/shared/ids';

/** How many forgotten calls each new call helps to clear away. */
const REAP_COUNT = 3;

/** A call that may become one: its day is the one on which it begins, so it is not known before. */
export type CallDraft = Omit<NewCall, 'day'>;

interface Try {
  call: NewCall;
  startedAtMs: number;
}

export interface Admission extends Try {
  seconds: number;
}

/** When no answer comes, the reservation may have been made all the same. */
const reserveOrGiveBack = ({ call, startedAtMs }: Try): Promise<ReservationResult> =>
  reserve(call, startedAtMs).catch((error: unknown) => {
    afterResponse('give back', () => giveBack(call));
    throw error;
  });

/** Limits, reservation and a look for overdue calls: commands of one tick, so one request to the database. */
async function tryToAdmit(user: User, attempt: Try): Promise<ReservationResult> {
  const { call } = attempt;
  const [limit, reservation, overdue] = await Promise.allSettled([
    limitOpenCall(user),
    reserveOrGiveBack(attempt),
    takeOverdue(REAP_COUNT),
  ]);
  if (overdue.status === 'fulfilled') afterResponse('reap', () => reap(overdue.value));
  if (limit.status === 'rejected') {
    if (reservation.status === 'fulfilled' && reservation.value.outcome === 'reserved') await giveBack(call);
    throw limit.reason;
  }
  if (reservation.status === 'rejected') throw reservation.reason;
  return reservation.value;
}

/** Ends the person's other call when they take over, or when its time is up anyway. Throws `already_in_call`. */
async function endOtherCall(callId: CallId, takeOver: boolean): Promise<void> {
  const other = await readCall(callId);
  if (!other || other.state === 'ended') return;
  const secondsLeft = Math.ceil((other.deadlineMs - Date.now()) / 1000);
  if (secondsLeft > 0 && !takeOver) throw new AppError('already_in_call', { retryAfterSeconds: secondsLeft });
  await endCall(other, secondsLeft > 0 ? 'replaced' : 'time_limit');
}

function beginNow(draft: CallDraft): Try {
  const startedAtMs = Date.now();
  return { call: { ...draft, day: utcDay(startedAtMs) }, startedAtMs };
}

/**
 * Lets a call begin, with seconds and money held for it.
 * Throws `rate_limited`, `already_in_call`, `allowance_exhausted`, `budget_exhausted` or `store_unavailable`;
 * then nothing is held.
 */
export async function admitCall(user: User, draft: CallDraft, takeOver: boolean): Promise<Admission> {
  let attempt = beginNow(draft);
  let reservation = await tryToAdmit(user, attempt);
  if (reservation.outcome === 'already_in_call') {
    await endOtherCall(reservation.callId, takeOver);
    attempt = beginNow(draft);
    reservation = await reserveOrGiveBack(attempt);
  }
  switch (reservation.outcome) {
    case 'reserved':
      return { ...attempt, seconds: reservation.seconds };
    case 'already_in_call':
      throw new AppError('already_in_call');
    case 'void':
      throw new AppError('store_unavailable');
    default:
      throw new AppError(reservation.outcome, {
        retryAfterSeconds: secondsUntilNextDay(attempt.startedAtMs),
      });
  }
}
