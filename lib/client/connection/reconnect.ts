import { CallFailure, overReason } from '@/lib/client/api/call-failure';
import type { CallBrowser } from '@/lib/client/page/browser';
import type { Reconnect } from '@/lib/client/state/call-state';
import type { EndReason } from '@/lib/shared/contract';

/**
 * One pause before each attempt. Up to a quarter more, at random, keeps many clients from coming at once. The first is short,
 * because it also learns that the call was hung up: who was cut off should read so within two seconds.
 */
const PAUSES_MS = [500, 2_000, 4_000];
const JITTER = 0.25;
/** How long an attempt waits for the network to come back. */
const OFFLINE_LIMIT_MS = 30_000;

interface ReconnectOptions<Connected> {
  browser: CallBrowser;
  /** From {@link planAttempts}. */
  pausesMs: readonly number[];
  /** Sets up a new connection. Throws `CallFailure`. */
  connect: () => Promise<Connected>;
  onAttempt: (reconnect: Reconnect) => void;
  signal: AbortSignal;
}

type Reconnected<Connected> = { connected: Connected } | { over: EndReason };

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

/** Returns why the call is over, after a refusal that another attempt cannot change; `null` after any other failure. */
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

/** Returns the pauses before each attempt, and the first attempt as the screen shows it before anything is tried. */
export function planAttempts(browser: CallBrowser): { first: Reconnect; pausesMs: number[] } {
  const pausesMs = PAUSES_MS.map((pauseMs) => pauseMs * (1 + JITTER * browser.random()));
  const retryAtMs = browser.now() + (pausesMs[0] ?? 0);
  return { first: { attempt: 1, maxAttempts: pausesMs.length, retryAtMs }, pausesMs };
}

/**
 * Tries a few times to replace a dropped connection, and stops at a refusal that another attempt cannot change.
 * Throws the signal's reason when it is aborted.
 */
export async function reconnect<Connected>(
  options: ReconnectOptions<Connected>,
): Promise<Reconnected<Connected>> {
  const { browser, pausesMs, connect, onAttempt, signal } = options;
  const maxAttempts = pausesMs.length;
  for (const [index, pauseMs] of pausesMs.entries()) {
    const attempt = index + 1;
    onAttempt({ attempt, maxAttempts, retryAtMs: browser.now() + pauseMs });
    await wait(pauseMs, signal);
    onAttempt({ attempt, maxAttempts, retryAtMs: null });
    await untilOnline(browser, signal);
    try {
      return { connected: await connect() };
    } catch (error) {
      signal.throwIfAborted();
      const over = finalReason(error);
      if (over !== null) return { over };
    }
  }
  return { over: 'connection_lost' };
}
