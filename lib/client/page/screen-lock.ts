import type { CallBrowser } from '@/lib/client/page/browser';

/**
 * Keeps the screen on: a phone that goes dark in the middle of a sentence stops microphone and sound. The browser lets
 * go whenever the page is out of sight, so it is asked again on return. A browser that cannot, or a battery that is
 * low, is no error. The returned function lets go.
 */
export function keepScreenOn(browser: CallBrowser): () => void {
  let isOver = false;
  let isAsking = false;
  let lock: WakeLockSentinel | null = null;

  async function ask(): Promise<void> {
    if (isAsking || (lock !== null && !lock.released)) return;
    isAsking = true;
    try {
      const next = await browser.requestScreenLock();
      if (isOver) await next?.release();
      else lock = next;
    } finally {
      isAsking = false;
    }
  }
  const askQuietly = () => void ask().catch(() => {});

  askQuietly();
  const stopListening = browser.listen('visible', askQuietly);
  return () => {
    isOver = true;
    stopListening();
    void lock?.release().catch(() => {});
  };
}
