/**
 * How much of one core the Talk page takes while nothing happens: `jiti bench/idle/run.ts [seconds]`.
 * Before a call, and in a call in which nobody speaks. Exits with 1 when the page takes more than allowed.
 */
import type { Browser, CDPSession, Page } from 'playwright';
import { launchBrowser, print } from '../browser.ts';
import { startServer } from '../start-server.ts';

const ALLOWED_PERCENT = 5;
/** The page has loaded what it loads while idle, and the agent has said hello. */
const SETTLE_MS = 12_000;
const seconds = Number(process.argv[2] ?? 20);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Seconds that the page's own process has worked so far; pages of other sites have processes of their own. */
async function workedSeconds(devTools: CDPSession): Promise<number> {
  const { metrics } = await devTools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Number.NaN;
}

async function mainThreadSeconds(devTools: CDPSession): Promise<number> {
  const { metrics } = await devTools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

/** Prints what share of a core the page took; answers it in percent. */
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
  await watch(page, 'in a call, nobody speaks');
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
