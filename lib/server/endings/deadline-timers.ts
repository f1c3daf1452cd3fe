// Tested in exact-deadlines.test, end-call.test and sweep.test.
import 'server-only';
import { endCall, endWhenDue } from '@/lib/server/endings/end-call';
import { watchScheduler } from '@/lib/server/endings/last-sweep';
import { isTimeToLook, sweep, sweepIdly, wasBusyLately } from '@/lib/server/endings/sweep';
import { isWatching, watchCall } from '@/lib/server/endings/watched-calls';
import { afterResponse, retryAfter, runUnattended } from '@/lib/server/platform/background';
import { getEnv } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { DEADLINE_PATH, deliveryUrl, publishToOurselves } from '@/lib/server/platform/qstash';
import { readCall } from '@/lib/server/records/stored-call';
import type { CallId } from '@/lib/shared/ids';

/** When QStash does not accept a message, it is asked again after these waits: nothing else may end the call on time. */
const PUBLISH_WAITS_MS = [1000, 4000];
/** How often a self-hosted server looks for calls whose own timer died with a process, while calls are open. */
const SWEEP_MS = 60_000;

/**
 * Ends the call on time by a timer of this process, where processes outlive requests: at `dueAtMs`, when a relay ticket
 * expires or at the deadline. If its ticket was used meanwhile, somewhere else, the timer is set again.
 */
export function watchDue(callId: CallId, dueAtMs: number): void {
  if (getEnv().site.serverless) return;
  // The wall clock may be put forward or back. The time that passes counts, in timers too: they may fire a little early.
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

/** Ends a call that nothing else would end on time. Throws `store_unavailable`. */
async function endUnscheduled(callId: CallId): Promise<void> {
  if (getEnv().host.endsCallsBy !== 'qstash') return;
  log().error(
    { callId, problem: 'deadline_unscheduled' },
    'QStash takes no deadline, so the call is ended now',
  );
  const call = await readCall(callId);
  if (call) await endCall(call, 'server_hangup');
}

/**
 * Ends a call that is connected now on time: by a timer of this process, and by QStash where it is configured. Without
 * either (serverless), the next request of any user or the cron route finds the call in the queue of deadlines. The
 * second to come finds the call ended. A call that nobody dials needs no message: there is nothing to hang up. Where only
 * QStash ends calls and does not accept the message, the call ends after the last try: it could talk for an hour unseen.
 */
export function watchDeadline(callId: CallId, deadlineMs: number): void {
  watchDue(callId, deadlineMs);
  watchScheduler();
  if (!deliveryUrl(DEADLINE_PATH)) return;
  const publish = () => publishDeadline(callId, deadlineMs);
  afterResponse('publish deadline', () =>
    publish()
      .catch(() => retryAfter(PUBLISH_WAITS_MS, publish))
      .catch(async (error: unknown) => {
        await endUnscheduled(callId);
        throw error;
      }),
  );
}

/**
 * Self-hosted only: regularly ends overdue calls that no timer watches any more. A process that knows of no call sees at each
 * look when the first call of any process is due, and looks again then: whoever was to end it may have died. Between looks
 * it sees nothing, so it looks often enough to see a call of five minutes before its deadline, or a minute after.
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
