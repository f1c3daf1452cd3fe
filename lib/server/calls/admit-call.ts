// Tested in open-call.test, store-trouble.test and money/call-money.property.test.
import 'server-only';
import type { User } from '@/lib/server/auth/user';
import { endCall } from '@/lib/server/endings/end-call';
import { reap, takeOverdue } from '@/lib/server/endings/reap';
import {
  type NewCall,
  type ReservationResult,
  release,
  reserve,
  secondsUntilNextDay,
  utcDay,
} from '@/lib/server/money/ledger';
import { claimWithin, limitOpenCall } from '@/lib/server/money/limits';
import { AppError } from '@/lib/server/platform/app-error';
import { afterResponse } from '@/lib/server/platform/background';
import { readCall } from '@/lib/server/records/stored-call';
import type { CallId } from '@/lib/shared/ids';

/** How many forgotten calls each new call helps to clear away. */
const REAP_COUNT = 3;

/** A call before it begins. Its day is the day on which it begins, so it is not known yet. */
export type CallDraft = Omit<NewCall, 'day'>;

interface Attempt {
  call: NewCall;
  startedAtMs: number;
}

export interface Admission extends Attempt {
  seconds: number;
}

/** Without a reply, the reservation may have been made anyway, so it is released. */
const reserveOrRelease = ({ call, startedAtMs }: Attempt): Promise<ReservationResult> =>
  reserve(call, startedAtMs).catch((error: unknown) => {
    afterResponse('release', () => release(call));
    throw error;
  });

/** Never throws: a failure here must not keep a call from opening. */
const reapSome = (): Promise<unknown> =>
  takeOverdue(REAP_COUNT).then(
    (overdue) => afterResponse('reap', () => reap(overdue)),
    () => undefined,
  );

/** Limits, reservation and a look for overdue calls: commands of one tick, so one request to the database. */
async function tryToAdmit(user: User, attempt: Attempt): Promise<ReservationResult> {
  const undo = async ({ outcome }: ReservationResult) => {
    if (outcome === 'reserved') await release(attempt.call);
  };
  const admitting = claimWithin(limitOpenCall(user), reserveOrRelease(attempt), undo);
  const [reservation] = await Promise.all([admitting, reapSome()]);
  return reservation;
}

/** Ends the user's other call if they take over or if its time is up anyway. Throws `already_in_call`. */
async function endOtherCall(callId: CallId, takeOver: boolean): Promise<void> {
  const other = await readCall(callId);
  if (!other || other.state === 'ended') return;
  const secondsLeft = Math.ceil((other.deadlineMs - Date.now()) / 1000);
  if (secondsLeft > 0 && !takeOver) throw new AppError('already_in_call', { retryAfterSeconds: secondsLeft });
  await endCall(other, secondsLeft > 0 ? 'replaced' : 'time_limit');
}

function beginNow(draft: CallDraft): Attempt {
  const startedAtMs = Date.now();
  return { call: { ...draft, day: utcDay(startedAtMs) }, startedAtMs };
}

/**
 * Lets a call begin and returns the seconds that are reserved for it.
 * Throws `rate_limited`, `already_in_call`, `allowance_exhausted`, `budget_exhausted` or `store_unavailable`. Then
 * nothing is reserved.
 */
export async function admitCall(user: User, draft: CallDraft, takeOver: boolean): Promise<Admission> {
  let attempt = beginNow(draft);
  let reservation = await tryToAdmit(user, attempt);
  if (reservation.outcome === 'already_in_call') {
    await endOtherCall(reservation.callId, takeOver);
    attempt = beginNow(draft);
    reservation = await reserveOrRelease(attempt);
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
