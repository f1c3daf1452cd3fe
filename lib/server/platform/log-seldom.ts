import 'server-only';
import { log } from '@/lib/server/platform/log';

const SELDOM_MS = 60_000;

/** Returns a function that logs a warning at most once a minute: for what a stranger could fill the log with. */
export function createSeldomLog(message: string): (facts: Record<string, unknown>) => void {
  let nextMs = 0;
  return (facts) => {
    const nowMs = performance.now();
    if (nowMs < nextMs) return;
    nextMs = nowMs + SELDOM_MS;
    log().warn(facts, message);
  };
}
