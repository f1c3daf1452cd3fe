import { CallFailure, overReason } from '@/lib/client/api/call-failure';
import type { CallBrowser } from '@/lib/client/page/browser';
import type { Reconnect } from '@/lib/client/state/call-state';
import type { EndReason } from '@/lib/shared/contract';

/** Pauses before each attempt; there are that many. A quarter of chance keeps many clients from coming at once. */
const PAUSES_MS = [1_000, 2_000, 4_000];
const JITTER = 0.25;
/** A network that does not come back within this is not waited for any longer. */
const OFFLINE_LIMIT_MS = 30_000;

export interface ResumeOptions<Line> {
  browser: CallBrowser;
  /** Sets up another line. @throws CallFailure */
  connect: () => Promise<Line>;
  onAttempt: (reconnect: Reconnect) => void;
  signal: AbortSignal;
}

export type Resumed<Line> = { line: Line } | { over: EndReason };

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}

async function untilOnline(browser: CallBrowser, signal: AbortSignal): Promise<void> {
  if (browser.isOnline()) return;
  let stop = () => {};
  const online = new Promise<void>((resolve) => {
    stop = browser.listen('online', resolve);
  });
  const settled = new AbortController();
  await Promise.race([online, wait(OFFLINE_LIMIT_MS, AbortSignal.any([signal, settled.signal]))]).finally(
    () => {
      stop();
      settled.abort();
    },
  );
}

/** Refusals that another attempt cannot change. */
function finalReason(error: unknown): EndReason | null {
  const over = overReason(error);
  if (over !== null || !(error instanceof CallFailure)) return over;
  switch (error.refusal.code) {
    case 'forbidden':
    case 'agent_forbidden':
    case 'origin_refused':
      return 'signed_out';
    case 'bad_request':
    case 'not_found':
    case 'not_resumable':
    case 'unknown_agent':
      return 'connection_lost';
    default:
      return null;
  }
}

/** How long the first pause is, for the screen: known before anything is tried. */
export const firstAttempt = (browser: CallBrowser): { reconnect: Reconnect; pausesMs: number[] } => {
  const pausesMs = PAUSES_MS.map((pauseMs) => pauseMs * (1 + JITTER * browser.random()));
  const retryAtMs = browser.now() + (pausesMs[0] ?? 0);
  return { reconnect: { attempt: 1, maxAttempts: pausesMs.length, retryAtMs }, pausesMs };
};

/**
 * Tries a few times to replace a dropped line. Never after the server said who or what it does not know.
 * @throws the signal's reason when it is aborted.
 */
export async function resume<Line>(
  options: ResumeOptions<Line>,
  pausesMs: readonly number[],
): Promise<Resumed<Line>> {
  const { browser, connect, onAttempt, signal } = options;
  const maxAttempts = pausesMs.length;
  for (const [index, pauseMs] of pausesMs.entries()) {
    const attempt = index + 1;
    onAttempt({ attempt, maxAttempts, retryAtMs: browser.now() + pauseMs });
    await wait(pauseMs, signal);
    onAttempt({ attempt, maxAttempts, retryAtMs: null });
    await untilOnline(browser, signal);
    try {
      return { line: await connect() };
    } catch (error) {
      signal.throwIfAborted();
      const over = finalReason(error);
      if (over !== null) return { over };
    }
  }
  return { over: 'connection_lost' };
}
