// Tested in exact-deadlines.test, end-call.test and sweep.test.
import 'server-only';
import { endCall, endWhenDue } from '@/lib/server/endings/end-call';
import { watchScheduler } from '@/lib/server/endings/last-sweep';
import { isTimeToLook, sweep, sweepIdly, wasBusyLately } from '@/lib/server/endings/sweep';
import { isWatching, watchCall } from '@/lib/server/endings/watched-calls';
import { afterResponse, retryAfter, runUnattended } from '@/lib/server/platform/background';
import { describeError } from '@/lib/server/platform/describe-error';
import { getEnv } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { DEADLINE_PATH, deliveryUrl, publishToOurselves } from '@/lib/server/platform/qstash';
import { readCall } from '@/lib/server/records/stored-call';
import type { CallId } from '@/lib/shared/ids';

/** If QStash does not accept a message, it is asked again after these waits: nothing else may end the call on time. */
const PUBLISH_WAITS_MS = [1000, 4000];
/** While calls are open, a self-hosted server looks this often for those whose timer died with another process. */
const SWEEP_MS = 60_000;

/**
 * Where processes outlive requests, ends the call on time by a timer of this process: at `dueAtMs`, which is the deadline or
 * the end of a relay ticket. If another process redeemed the ticket meanwhile, the timer is set again.
 */
export function watchDue(callId: CallId, dueAtMs: number): void {
  if (getEnv().site.serverless) return;
  // Measured by elapsed time, because the wall clock may be set forward or back.
  const [watchedAtMs, startedAt] = [Date.now(), performance.now()];
  const clock = () => Math.ceil(watchedAtMs + performance.now() - startedAt);
  const endIt = async () => {
    const nextMs = await endWhenDue(callId, clock);
    if (nextMs !== null) watchDue(callId, nextMs);
  };
  watchCall(callId, dueAtMs, () => void runUnattended('deadline', endIt));
}

/** Asks QStash for a message at the deadline. Throws if QStash does not accept it. */
export const publishDeadline = (callId: CallId, deadlineMs: number): Promise<void> =>
  publishToOurselves(DEADLINE_PATH, { callId }, { atMs: deadlineMs, id: `${callId}-${deadlineMs}` });

/** Ends a call that nothing else would end on time. `error`: why QStash would not. Throws `store_unavailable`. */
async function endUnscheduled(callId: CallId, error: unknown): Promise<void> {
  if (getEnv().host.endsCallsBy !== 'qstash') throw error;
  log().error(
    { callId, problem: 'deadline_unscheduled', error: describeError(error) },
    'QStash takes no deadline, so the call is ended now',
  );
  const call = await readCall(callId);
  if (call) await endCall(call, 'server_hangup');
}

/**
 * Sees to it that a call that has just connected ends on time: by a timer of this process, and by QStash where it is
 * configured. Without either (serverless), the cron route or the next request of any user finds the call in the queue of
 * deadlines. Whichever comes second finds the call ended. A call that nobody dials needs no message: there is nothing to
 * hang up. If only QStash ends calls and does not accept the message, the call is ended after the last try: otherwise it
 * could talk for an hour unnoticed.
 */
export function watchDeadline(callId: CallId, deadlineMs: number): void {
  watchDue(callId, deadlineMs);
  watchScheduler();
  if (!deliveryUrl(DEADLINE_PATH)) return;
  const publish = () => publishDeadline(callId, deadlineMs);
  afterResponse('publish deadline', () =>
    publish()
      .catch(() => retryAfter(PUBLISH_WAITS_MS, publish))
      .catch((error: unknown) => endUnscheduled(callId, error)),
  );
}

/**
 * Self-hosted only: regularly ends overdue calls that no timer watches any more. A process without calls of its own learns at
 * each look when the first call of any process is due, and looks again then, because that process may have died. It looks
 * often enough to see a call of five minutes before its deadline, or at most a minute after.
 */
export function startSweeping(): void {
  const { site, redis } = getEnv();
  if (site.serverless || !redis) return;
  const takeTurn = async () => {
    if (isWatching() || wasBusyLately()) await sweep();
    else if (isTimeToLook()) await sweepIdly();
  };
  setInterval(() => runUnattended('sweep', takeTurn), SWEEP_MS).unref();
}
