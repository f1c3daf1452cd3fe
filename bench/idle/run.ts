/**
 * Measures how much of one core the Talk page uses while nothing happens: `jiti bench/idle/run.ts [seconds]`.
 * Before a call, and in a silent call. Exits with 1 when the page takes more than allowed.
 */
import type { Browser, CDPSession, Page } from 'playwright';
import { launchBrowser, print } from '../browser.ts';
import { startServer } from '../start-server.ts';

const ALLOWED_PERCENT = 5;
/** Long enough for what the page loads while idle, and for the agent's greeting. */
const SETTLE_MS = 12_000;
const seconds = Number(process.argv[2] ?? 20);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Returns the CPU seconds of the page's own process so far; pages of other sites have their own processes. */
async function workedSeconds(devTools: CDPSession): Promise<number> {
  const { metrics } = await devTools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Number.NaN;
}

async function mainThreadSeconds(devTools: CDPSession): Promise<number> {
  const { metrics } = await devTools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

/** Prints the share of a core that the page used, and returns it in percent. */
async function watch(page: Page, what: string): Promise<number> {
  await pause(SETTLE_MS);
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Performance.enable');
  const [workedBefore, mainBefore] = [await workedSeconds(devTools), await mainThreadSeconds(devTools)];
  await pause(seconds * 1000);
  const worked = (100 * ((await workedSeconds(devTools)) - workedBefore)) / seconds;
  const main = (100 * ((await mainThreadSeconds(devTools)) - mainBefore)) / seconds;
  print(`${what}: main thread, % of a core`, main);
  print(`${what}: whole page process, % of a core`, worked);
  return main;
}

async function measure(browser: Browser, origin: string): Promise<void> {
  const page = await browser.newPage({ permissions: ['microphone'] });
  await page.goto(origin);
  await page.getByRole('button', { name: 'Continue as guest' }).click();
  await page.getByRole('button', { name: 'Talk', exact: true }).waitFor();
  const ready = await watch(page, 'ready');
  await page.getByRole('button', { name: 'Type instead' }).click();
  await page.getByRole('textbox', { name: /^Message to/ }).waitFor();
  await watch(page, 'in a silent call');
  if (ready > ALLOWED_PERCENT) process.exitCode = 1;
}

const server = await startServer();
try {
  const browser = await launchBrowser();
  try {
    await measure(browser, server.origin);
  } finally {
    await browser.close();
  }
} finally {
  await server.stop();
}
