import 'server-only';
import { AppError } from '@/lib/server/app-error';
import { afterResponse, runUnattended } from '@/lib/server/background';
import { readCall } from '@/lib/server/call-record';
import { endCall } from '@/lib/server/end-call';
import {
  type LedgerCall,
  type NewCall,
  type ReservationResult,
  reserve,
  secondsUntilNextDay,
  settle,
} from '@/lib/server/ledger';
import { limitOpenCall } from '@/lib/server/limits';
import { reap, takeOverdue } from '@/lib/server/reap';
import type { User } from '@/lib/server/user';

/** How many forgotten calls each new call helps to clear away. */
const REAP_COUNT = 3;

export interface Admission {
  seconds: number;
  startedAtMs: number;
}

/** Gives back all that was reserved. Also refuses a reservation that is still on its way to the database. */
export const giveBack = (call: LedgerCall): Promise<unknown> =>
  runUnattended('give back', () => settle(call, { how: 'released' }, 'setup_failed', Date.now()));

/** When no answer comes, the reservation may have been made all the same. */
const reserveOrGiveBack = (call: NewCall, nowMs: number): Promise<ReservationResult> =>
  reserve(call, nowMs).catch((error: unknown) => {
    afterResponse('give back', () => giveBack(call));
    throw error;
  });

/** Limits, reservation and a look for overdue calls: commands of one tick, so one request to the database. */
async function tryToAdmit(user: User, call: NewCall, nowMs: number): Promise<ReservationResult> {
  const [limit, reservation, overdue] = await Promise.allSettled([
    limitOpenCall(user),
    reserveOrGiveBack(call, nowMs),
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
async function endOtherCall(callId: string, takeOver: boolean): Promise<void> {
  const other = await readCall(callId);
  if (!other || other.state === 'ended') return;
  const secondsLeft = Math.ceil((other.deadlineMs - Date.now()) / 1000);
  if (secondsLeft > 0 && !takeOver) throw new AppError('already_in_call', { retryAfterSeconds: secondsLeft });
  await endCall(other, secondsLeft > 0 ? 'replaced' : 'time_limit');
}

/**
 * Lets a call begin, with seconds and money held for it.
 * Throws `rate_limited`, `already_in_call`, `allowance_exhausted`, `budget_exhausted` or `store_unavailable`;
 * then nothing is held.
 */
export async function admitCall(user: User, call: NewCall, takeOver: boolean): Promise<Admission> {
  let startedAtMs = Date.now();
  let reservation = await tryToAdmit(user, call, startedAtMs);
  if (reservation.outcome === 'already_in_call') {
    await endOtherCall(reservation.callId, takeOver);
    startedAtMs = Date.now();
    reservation = await reserveOrGiveBack(call, startedAtMs);
  }
  switch (reservation.outcome) {
    case 'reserved':
      return { seconds: reservation.seconds, startedAtMs };
    case 'already_in_call':
      throw new AppError('already_in_call');
    case 'void':
      throw new AppError('store_unavailable');
    default:
      throw new AppError(reservation.outcome, { retryAfterSeconds: secondsUntilNextDay(startedAtMs) });
  }
}
