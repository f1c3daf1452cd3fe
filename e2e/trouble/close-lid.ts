import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright/test';

/** More than the five seconds from which on the app takes a jump of its clock for a sleep. */
const ASLEEP_MS = 6_000;

/**
 * The lid is closed for a while: every process of the browser stands still, as on a sleeping machine. Real seconds,
 * because the clock that has to jump is the browser's own, in its timers and in its WebRTC. (To freeze the page by
 * DevTools is not enough: one that can be seen runs on.)
 */
export async function closeLid(browser: Browser, meanwhile = async () => {}): Promise<void> {
  const devTools = await browser.newBrowserCDPSession();
  const { processInfo } = await devTools.send('SystemInfo.getProcessInfo');
  const signalAll = (signal: NodeJS.Signals) => {
    for (const { id } of processInfo) process.kill(id, signal);
  };
  signalAll('SIGSTOP');
  try {
    await meanwhile();
    await delay(ASLEEP_MS);
  } finally {
    signalAll('SIGCONT');
  }
}
