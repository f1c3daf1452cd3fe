// Tested in shutdown.test, and with a real server in e2e/production/image.
import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import { unattendedWork } from '@/lib/server/platform/background';
import { getEnv } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { processState } from '@/lib/server/platform/process-state';

/** 128 + SIGTERM, as Next's own end. */
const EXIT_CODE = 143;
/** Work without a request is a hang-up and its settlement, or a webhook. What takes longer is found again by another process. */
const UNATTENDED_MS = 5_000;

const state = processState('shutdown', () => ({ isPrepared: false, isLeaving: false }));

/** Returns whether this process was told to end. */
export const isDraining = (): boolean => state.isLeaving;

async function finishOwnWork(drainSeconds: number): Promise<void> {
  await wait(drainSeconds * 1000);
  await Promise.race([unattendedWork(), wait(UNATTENDED_MS, undefined, { ref: false })]);
}

/**
 * Puts what is ours before Next's own end of a process, which takes no new connection, responds to the requests that it has,
 * waits for the work after their responses, and exits (`next/dist/server/lib/start-server`). After SIGTERM the process first
 * goes on for `DRAIN_SECONDS`, while its health check tells a proxy to look elsewhere, and finishes work that belongs to no
 * request. What is still not done `SHUTDOWN_SECONDS` later is cut off and logged; the host would cut it off without a word.
 */
export function prepareShutdown(): void {
  // In development this runs again whenever a file of it changes.
  if (state.isPrepared) return;
  const ends = process.listeners('SIGTERM');
  // A host that calls functions has a server of its own, and ends it itself.
  if (ends.length === 0) return;
  state.isPrepared = true;
  const { drainSeconds, finishSeconds } = getEnv().ending;
  process.removeAllListeners('SIGTERM');
  process.on('SIGTERM', (signal) => {
    if (state.isLeaving) return;
    state.isLeaving = true;
    log().info({ drainSeconds, finishSeconds }, 'ending');
    setTimeout(
      () => {
        log().error({ finishSeconds }, 'requests were cut off: they took longer than SHUTDOWN_SECONDS');
        process.exit(EXIT_CODE);
      },
      (drainSeconds + finishSeconds) * 1000,
    ).unref();
    void finishOwnWork(drainSeconds).then(() => {
      for (const end of ends) end(signal);
    });
  });
}
