// Tested in exact-deadlines.test, end-call.test and sweep.test.
import 'server-only';
import { endWhenDue } from '@/lib/server/endings/end-call';
import { watchScheduler } from '@/lib/server/endings/last-sweep';
import { sweep, wasBusyLately } from '@/lib/server/endings/sweep';
import { isWatching, watchCall } from '@/lib/server/endings/watched-calls';
import { afterResponse, runUnattended } from '@/lib/server/platform/background';
import { getEnv } from '@/lib/server/platform/env';
import { DEADLINE_PATH, deliveryUrl, publishToOurselves } from '@/lib/server/platform/qstash';
import type { CallId } from '@/lib/shared/ids';

/** How often a self-hosted server looks for calls whose own timer died with a process, while calls are open. */
const SWEEP_MS = 60_000;
/** Every so many sweeps also while this process knows of no call: another process may have died with some. */
const IDLE_SWEEPS = 15;

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

/**
 * Ends a call that is connected now on time: by a timer of this process, and by QStash where it is configured. Without
 * either (serverless), the next request of any user or the cron route finds the call in the queue of deadlines. The
 * second to come finds the call ended. A call that nobody dials needs no message: there is nothing to hang up.
 */
export function watchDeadline(callId: CallId, deadlineMs: number): void {
  watchDue(callId, deadlineMs);
  watchScheduler();
  if (deliveryUrl(DEADLINE_PATH))
    afterResponse('publish deadline', () => publishDeadline(callId, deadlineMs));
}

/**
 * Self-hosted only: regularly ends overdue calls that no timer watches any more. Costs little while nothing happens. A new
 * process takes over from one that ended: it looks at every turn until that one's last call must be over.
 */
export function startSweeping(): void {
  const { site, redis, voice } = getEnv();
  if (site.serverless || !redis) return;
  const inheritedTurns = Math.ceil((voice.callSeconds * 1000) / SWEEP_MS) + 1;
  let turn = 0;
  const takeTurn = async () => {
    turn += 1;
    const mayInherit = turn <= inheritedTurns;
    if (mayInherit || isWatching() || wasBusyLately() || turn % IDLE_SWEEPS === 0) await sweep();
  };
  setInterval(() => runUnattended('sweep', takeTurn), SWEEP_MS).unref();
}
