import 'server-only';
import { randomUUID } from 'node:crypto';
import { budgetMarks, tellMarks } from '@/lib/server/money/budget-marks';
import type { LedgerCall } from '@/lib/server/money/ledger';
import { CORRECT, SETTLE } from '@/lib/server/money/settle-scripts';
import { utcDay } from '@/lib/server/money/utc-day';
import { afterResponse, retryAfter } from '@/lib/server/platform/background';
import { runScript } from '@/lib/server/store/run-script';
import {
  KEEP_SECONDS,
  KEEP_SPEND_SECONDS,
  SHORT_KEEP_SECONDS,
  storeKeys,
} from '@/lib/server/store/store-keys';
import type { EndReason } from '@/lib/shared/contract';
import type { RtcCallId } from '@/lib/shared/ids';

/** If the database fails, a release is tried again after these waits. */
const RELEASE_WAITS_MS = [1000, 4000];
/** After a 404, a hang-up is tried again after this wait: the provider may not know a call yet that it has just answered. */
const ASK_AGAIN_MS = 15_000;

/**
 * How a call ended, and what that costs. Unused seconds are returned only if nothing can still be talking. What passed is
 * charged even if it is more than was reserved, up to the hour after which the provider ends a connection.
 *
 * - `released`: no secret was ever handed out for it. Costs nothing.
 * - `unconnected`: no connection is known. In relay mode there is none, because the SDP answer goes to the browser only
 *   after its id is stored. A first dial that failed costs nothing. Unused tickets cost the user the seconds of their
 *   life, because they held room from others, and the site no money. A call that was connected before it was resumed
 *   costs the time until now. A direct secret may have opened a connection that was never reported: costs all.
 * - `hung_up`: the provider ended this very connection at our request. Costs the time until now.
 * - `gone`: the provider does not know this connection. In relay mode the provider itself named it, so it has ended:
 *   costs the time until now. In direct mode the browser named it, and may have made it up while another connection
 *   of the same secret talks on: at least the time until the secret expired is charged. Honest callers hang up before
 *   they leave, so they get `hung_up`. The reaper asks twice again, in case the provider did not know it yet.
 * - `unconfirmed`: it may still be talking. Costs at least all that was reserved, and the reaper keeps trying to hang up.
 */
export type CallEnding =
  | { how: 'released' | 'unconnected' }
  | { how: 'hung_up' | 'gone' | 'unconfirmed'; rtcCallId: RtcCallId };

export interface Settlement {
  /** False if the call was settled before: the other fields are then that first settlement. */
  isNew: boolean;
  chargedSeconds: number;
  /** What the site's money is charged. */
  chargedMicroUsd: number;
  reason: EndReason;
  secondsLeftToday: number;
  /** Titles of the tools that changed something. A repeated end gets none. */
  done: string[];
}

/**
 * Settles a call once; later attempts return the first settlement. Another attempt under the same `settleId` counts as the
 * first, in case its reply was lost. `unknown`: there is no such call. `changed`: the call has another connection by now,
 * which has to be ended first, and nothing was settled.
 * Throws `store_unavailable`.
 */
export async function settle(
  call: LedgerCall,
  ending: CallEnding,
  reason: EndReason,
  nowMs: number,
  settleId: string = randomUUID(),
): Promise<Settlement | 'unknown' | 'changed'> {
  const { callId, owner, day } = call;
  const keys = {
    call: storeKeys.call(callId),
    books: storeKeys.books(day),
    booksToday: storeKeys.books(utcDay(nowMs)),
    deadlines: storeKeys.deadlines,
    spend: storeKeys.spend(day),
  };
  const reply = await runScript(SETTLE, keys, {
    callId,
    owner,
    nowMs,
    how: ending.how,
    rtcCallId: 'rtcCallId' in ending ? ending.rtcCallId : '',
    reason,
    keepSeconds: KEEP_SECONDS,
    shortKeepSeconds: SHORT_KEEP_SECONDS,
    askAgainMs: nowMs + ASK_AGAIN_MS,
    marksJson: budgetMarks(),
    keepSpendSeconds: KEEP_SPEND_SECONDS,
    settleId,
  });
  if (reply.length === 1) return reply[0];
  const [outcome, chargedSeconds, chargedMicroUsd, settledReason, secondsLeftToday, done, marks] = reply;
  tellMarks(day, marks);
  const isNew = outcome === 'settled';
  return { isNew, chargedSeconds, chargedMicroUsd, reason: settledReason, secondsLeftToday, done };
}

type Correction = Pick<Settlement, 'chargedSeconds' | 'chargedMicroUsd' | 'secondsLeftToday' | 'done'>;

/**
 * Charges a settled call for what its connection talked until it was hung up just now, and returns the new sums.
 * `null`: it was charged for that already, or has another connection. Another attempt under the same `correctId` returns the
 * same sums. Throws `store_unavailable`.
 */
export async function correct(
  { callId, day }: LedgerCall,
  rtcCallId: RtcCallId,
  nowMs: number,
  correctId: string = randomUUID(),
): Promise<Correction | null> {
  const keys = { call: storeKeys.call(callId), books: storeKeys.books(day), spend: storeKeys.spend(day) };
  const args = {
    nowMs,
    rtcCallId,
    marksJson: budgetMarks(),
    keepSpendSeconds: KEEP_SPEND_SECONDS,
    correctId,
  };
  const reply = await runScript(CORRECT, keys, args);
  if (reply[0] === 'same') return null;
  const [, chargedSeconds, chargedMicroUsd, secondsLeftToday, done, marks] = reply;
  tellMarks(day, marks);
  return { chargedSeconds, chargedMicroUsd, secondsLeftToday, done };
}

const tryRelease = (call: LedgerCall) => settle(call, { how: 'released' }, 'setup_failed', Date.now());

/**
 * Releases the whole reservation, even if it reaches the database only later. Retries after the response. Never throws.
 */
export const release = (call: LedgerCall): Promise<unknown> =>
  tryRelease(call).catch(() =>
    afterResponse('release', () => retryAfter(RELEASE_WAITS_MS, () => tryRelease(call))),
  );
