import 'server-only';
import { runUnattended } from '@/lib/server/background';
import { readCall } from '@/lib/server/call-record';
import { endCall } from '@/lib/server/end-call';
import { getEnv } from '@/lib/server/env';
import { reap, takeOverdue } from '@/lib/server/reap';

/** How often a self-hosted server looks for calls whose own timer died with a process. */
const SWEEP_MS = 60_000;

async function endAtDeadline(callId: string): Promise<void> {
  const call = await readCall(callId);
  if (call && call.state !== 'ended') await endCall(call, 'time_limit');
}

/**
 * Ends the call on time from this process. Where no process outlives its request (serverless) this does
 * nothing: there, the next request of anyone and the cron route find the call in the deadline queue.
 */
export function watchDeadline(callId: string, deadlineMs: number): void {
  if (getEnv().site.serverless) return;
  const waitMs = Math.max(0, deadlineMs - Date.now());
  setTimeout(() => runUnattended('deadline', () => endAtDeadline(callId)), waitMs).unref();
}

/** Self-hosted only: finds overdue calls that no timer watches any more. */
export function startSweeping(): void {
  const { site, redis } = getEnv();
  if (site.serverless || !redis) return;
  setInterval(() => runUnattended('sweep', async () => reap(await takeOverdue(20))), SWEEP_MS).unref();
}
