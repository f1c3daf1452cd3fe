import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright/test';

/** The app takes a clock jump of five seconds or more for a sleep. */
const ASLEEP_MS = 6_000;

/**
 * Stops every process of the browser for a while, as a closed lid does. In real time, because the clock that has
 * to jump is the browser's own, in its timers and in its WebRTC. (Freezing the page through DevTools is not enough:
 * a visible page keeps running.)
 */
export async function closeLid(browser: Browser, meanwhile = async () => {}): Promise<void> {
  const devTools = await browser.newBrowserCDPSession();
  const { processInfo } = await devTools.send('SystemInfo.getProcessInfo');
  const signalAll = (signal: NodeJS.Signals) => {
    for (const { id } of processInfo) signalOne(id, signal);
  };
  try {
    signalAll('SIGSTOP');
    await meanwhile();
    await delay(ASLEEP_MS);
  } finally {
    signalAll('SIGCONT');
  }
}

/** A page of an earlier test may take its process along at this moment. */
function signalOne(id: number, signal: NodeJS.Signals): void {
  try {
    process.kill(id, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
