// Tested in open-call.test, command-cost.test, store-trouble.test and money/call-money.property.test.
import 'server-only';
import type { User } from '@/lib/server/auth/user';
import { endCall, endDue } from '@/lib/server/endings/end-call';
import { sweepNowAndThen } from '@/lib/server/endings/sweep';
import { type Account, type NewCall, type ReservationResult, reserve } from '@/lib/server/money/ledger';
import { claimWithin, limitOpenCall, refuseBlockedOpenCall } from '@/lib/server/money/limits';
import { findRefusal, rememberRefusal } from '@/lib/server/money/remembered-refusals';
import { release } from '@/lib/server/money/settle';
import { secondsUntilNextDay, utcDay } from '@/lib/server/money/utc-day';
import { AppError } from '@/lib/server/platform/app-error';
import { afterResponse } from '@/lib/server/platform/background';
import { dueAtMs, readCall } from '@/lib/server/records/stored-call';
import type { ErrorCode } from '@/lib/shared/errors';
import type { CallId } from '@/lib/shared/ids';

/** A call before it begins. Its day is not known yet: it is the day on which the call begins. */
export type CallDraft = Omit<NewCall, 'day'>;

interface Attempt {
  call: NewCall;
  startedAtMs: number;
}

export interface Admission extends Attempt {
  seconds: number;
}

/** Reserves. If no reply comes, the reservation may exist anyway, so it is released. */
const reserveOrRelease = (
  { call, startedAtMs }: Attempt,
  goneCallId: CallId | null = null,
): Promise<ReservationResult> =>
  reserve(call, startedAtMs, goneCallId).catch((error: unknown) => {
    afterResponse('release', () => release(call));
    throw error;
  });

/** Checks the limit and reserves in the same tick, so both travel in one request to the database. */
const tryToAdmit = (user: User, attempt: Attempt): Promise<ReservationResult> =>
  claimWithin(limitOpenCall(user), reserveOrRelease(attempt), async ({ outcome }) => {
    if (outcome === 'reserved') await release(attempt.call);
  });

/**
 * Ends the user's other call if they take over or its time is up. Returns its id if the database no longer knows it.
 * Throws `already_in_call`.
 */
async function endOtherCall(callId: CallId, takeOver: boolean): Promise<CallId | null> {
  const other = await readCall(callId);
  if (!other) return callId;
  if (other.state === 'ended') return null;
  const secondsLeft = Math.ceil((dueAtMs(other) - Date.now()) / 1000);
  if (secondsLeft > 0 && !takeOver) throw new AppError('already_in_call', { retryAfterSeconds: secondsLeft });
  await (secondsLeft > 0 ? endCall(other, 'replaced') : endDue(other));
  return null;
}

function beginNow(draft: CallDraft): Attempt {
  const startedAtMs = Date.now();
  return { call: { ...draft, day: utcDay(startedAtMs) }, startedAtMs };
}

const refuseUntil = (code: ErrorCode, retryAtMs: number) =>
  new AppError(code, { retryAfterSeconds: Math.max(1, Math.ceil((retryAtMs - Date.now()) / 1000)) });

/** Throws a refusal that this process remembers and that still holds. Sends no command. */
function refuseRemembered(accounts: readonly Account[]): void {
  const refusal = findRefusal(accounts.map(({ id }) => id));
  if (refusal) throw refuseUntil(refusal.code, refusal.retryAtMs);
}

/** An account without room refuses everyone who counts on it, so the next of them is refused from memory. */
function refuseFor({ id }: Account, code: ErrorCode, retryAtMs: number): AppError {
  rememberRefusal(id, { code, retryAtMs });
  return refuseUntil(code, retryAtMs);
}

/**
 * Lets a call begin and returns the seconds that are reserved for it. Throws `rate_limited`, `already_in_call`,
 * `store_unavailable`, `site_paused`, `blocked`; `allowance_exhausted` or `budget_exhausted` if the day is spent;
 * `network_busy` or `site_busy` if running calls hold the rest. Then nothing is reserved.
 */
export async function admitCall(user: User, draft: CallDraft, takeOver: boolean): Promise<Admission> {
  refuseBlockedOpenCall(user);
  if (!takeOver) refuseRemembered(draft.accounts);
  sweepNowAndThen();
  let attempt = beginNow(draft);
  let reservation = await tryToAdmit(user, attempt);
  if (reservation.outcome === 'already_in_call') {
    const goneCallId = await endOtherCall(reservation.callId, takeOver);
    attempt = beginNow(draft);
    reservation = await reserveOrRelease(attempt, goneCallId);
  }
  switch (reservation.outcome) {
    case 'reserved':
      return { ...attempt, seconds: reservation.seconds };
    case 'already_in_call':
      throw new AppError('already_in_call');
    case 'paused':
      throw new AppError('site_paused');
    case 'blocked': {
      const { untilMs } = reservation;
      throw untilMs === null ? new AppError('blocked') : refuseUntil('blocked', untilMs);
    }
    case 'void':
      throw new AppError('store_unavailable');
    case 'spent': {
      const { account } = reservation;
      const nextDayMs = attempt.startedAtMs + secondsUntilNextDay(attempt.startedAtMs) * 1000;
      throw refuseFor(
        account,
        account.unit === 'seconds' ? 'allowance_exhausted' : 'budget_exhausted',
        nextDayMs,
      );
    }
    case 'busy': {
      const { account, freeAtMs } = reservation;
      throw refuseFor(account, account.unit === 'seconds' ? 'network_busy' : 'site_busy', freeAtMs);
    }
  }
}
