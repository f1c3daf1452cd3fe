import { CallFailure, overReason } from '@/lib/client/api/call-failure';
import { beginAttempts, countAttempt, pauseBefore, showAttempt } from '@/lib/client/connection/lost/attempts';
import type { CallBrowser } from '@/lib/client/page/browser';
import type { Reconnect } from '@/lib/client/state/call-state';
import type { EndReason } from '@/lib/shared/contract';

interface ReconnectOptions<Connected> {
  browser: CallBrowser;
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

/** Resolves when the browser is online, at the latest after `limitMs`. */
async function untilOnline(browser: CallBrowser, limitMs: number, signal: AbortSignal): Promise<void> {
  if (browser.isOnline()) return;
  // Not `AbortSignal.any`, which Safari has only since 17.4.
  const settled = new AbortController();
  const stop = () => settled.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const stopListening = browser.listen('online', stop);
  await wait(limitMs, settled.signal).catch(() => signal.throwIfAborted());
  stopListening();
  signal.removeEventListener('abort', stop);
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

/** Nothing came back: neither from our server, nor from the provider. */
const isSilence = (error: unknown): boolean =>
  error instanceof CallFailure && (error.refusal.code === 'network' || error.refusal.code === 'timeout');

/**
 * Tries to replace a dropped connection: a few times where it is refused, for a while where nothing answers, and not again
 * after a refusal that another attempt cannot change. Throws the signal's reason when it is aborted.
 */
export async function reconnect<Connected>(
  options: ReconnectOptions<Connected>,
): Promise<Reconnected<Connected>> {
  const { browser, connect, onAttempt, signal } = options;
  let attempts = beginAttempts(browser.now());
  for (;;) {
    const pauseMs = pauseBefore(attempts, browser.now(), browser.random());
    if (pauseMs === null) return { over: 'connection_lost' };
    onAttempt(showAttempt(attempts, browser.isOnline(), browser.now() + pauseMs));
    await wait(pauseMs, signal);
    onAttempt(showAttempt(attempts, browser.isOnline(), null));
    await untilOnline(browser, attempts.untilMs - browser.now(), signal);
    try {
      return { connected: await connect() };
    } catch (error) {
      signal.throwIfAborted();
      const over = finalReason(error);
      if (over !== null) return { over };
      attempts = countAttempt(attempts, isSilence(error) ? 'silent' : 'refused');
    }
  }
}
