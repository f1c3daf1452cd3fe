// Tested in exact-deadlines.test.
import 'server-only';
import { endAtDeadline } from '@/lib/server/endings/end-call';
import { deadlineUrl, publishDeadline } from '@/lib/server/endings/qstash';
import { reap, takeOverdue } from '@/lib/server/endings/reap';
import { afterResponse, runUnattended } from '@/lib/server/platform/background';
import { getEnv } from '@/lib/server/platform/env';
import type { CallId } from '@/lib/shared/ids';

/** How often a self-hosted server looks for calls whose own timer died with a process. */
const SWEEP_MS = 60_000;

/**
 * Ends the call on time: by a timer of this process, where processes outlive requests, and by QStash where it is
 * configured. Without either (serverless), the next request of any user or the cron route finds the call in the queue
 * of deadlines. The second to come finds the call ended.
 */
export function watchDeadline(callId: CallId, deadlineMs: number): void {
  if (!getEnv().site.serverless) {
    const waitMs = Math.max(0, deadlineMs - Date.now());
    // A timer counts the time that passes, whatever happens to the clock: when it fires, the time has come.
    const endIt = () => endAtDeadline(callId, Math.max(Date.now(), deadlineMs));
    setTimeout(() => runUnattended('deadline', endIt), waitMs).unref();
  }
  if (deadlineUrl()) afterResponse('publish deadline', () => publishDeadline(callId, deadlineMs));
}

/** Self-hosted only: regularly ends overdue calls that no timer watches any more. */
export function startSweeping(): void {
  const { site, redis } = getEnv();
  if (site.serverless || !redis) return;
  setInterval(() => runUnattended('sweep', async () => reap(await takeOverdue(20))), SWEEP_MS).unref();
}
