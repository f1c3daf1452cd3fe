import { randomBytes } from 'node:crypto';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { canRun, findBrowser } from '../../e2e/browser/find-browser.ts';
import { findNeighbouringPorts } from '../../e2e/browser/free-ports.ts';
import { median } from '../browser.ts';
import { startServer } from '../start-server.ts';
import { BARE_CALL } from './bare-call.ts';
import { startExample } from './example-page.ts';

/*
 * Measures the time from the click to a live call, in one run and against one sandbox: our page in both modes, a bare
 * page that makes the same requests, and a page in the order of the Agents SDK's own Next example.
 */

const CALLS = Number(process.argv[2] ?? 20);
/** In direct mode ours may take this much longer than the bare page, which makes the same requests. */
const ALLOWED_RATIO = 1.25;
const MODES = ['direct', 'relay'] as const;
/** A page of the site that does nothing. It must come over the network: a page without an origin may not call loopback addresses. */
const BARE_PATH = '/nothing-here';

/** Returns the milliseconds from the click on Talk until the call's controls are enabled, by the page's own clock. */
async function callOnOurPage(page: Page): Promise<number> {
  await page.evaluate(() => {
    const isLive = () =>
      [...document.querySelectorAll('[role=toolbar] button')].some(
        (button) => button.textContent?.includes('End call') && !button.hasAttribute('disabled'),
      );
    const live = new Promise<number>((resolve) => {
      document.addEventListener(
        'click',
        () => {
          const beganMs = performance.now();
          new MutationObserver((_, observer) => {
            if (!isLive()) return;
            observer.disconnect();
            resolve(performance.now() - beganMs);
          }).observe(document.body, { subtree: true, childList: true, attributes: true });
        },
        { once: true, capture: true },
      );
    });
    Object.assign(window, { live });
  });
  await page.getByRole('button', { name: /^(Talk|Talk again)$/ }).click();
  const tookMs = await page.evaluate(() => (window as unknown as { live: Promise<number> }).live);
  await page.getByRole('button', { name: /End call/ }).click();
  await page.getByRole('button', { name: 'Talk again' }).waitFor();
  return tookMs;
}

/** The other pages have two functions of their own for that. */
async function callOnPlainPage(page: Page): Promise<number> {
  const tookMs = await page.evaluate('connect()');
  await page.evaluate('leave()');
  return Number(tookMs);
}

interface Candidate {
  name: string;
  page: Page;
  call: (page: Page) => Promise<number>;
  timesMs: number[];
}

async function openOurPage(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin);
  await page.getByRole('button', { name: 'Continue as guest' }).click();
  await page.getByRole('button', { name: 'Talk', exact: true }).waitFor();
  return page;
}

const browserFound = findBrowser({
  platform: process.platform,
  env: process.env,
  playwrightPath: chromium.executablePath(),
  canRun,
});
const apiKey = `sk-sandbox-${randomBytes(24).toString('hex')}`;
const realtimePort = await findNeighbouringPorts(1);
const first = await startServer({
  env: { VOICE_CONNECT: 'direct', SANDBOX_API_KEY: apiKey, SANDBOX_REALTIME_PORT: String(realtimePort) },
});
const second = await startServer({ env: { VOICE_CONNECT: 'relay' } });
const example = await startExample({ baseUrl: `http://127.0.0.1:${realtimePort}/v1`, apiKey });
const browser = await chromium.launch({
  ...(browserFound?.path ? { executablePath: browserFound.path } : {}),
  args: [
    '--no-sandbox',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    '--allow-loopback-in-peer-connection',
  ],
});
try {
  const candidates: Candidate[] = [];
  for (const [index, { origin }] of [first, second].entries()) {
    const context = await browser.newContext({ permissions: ['microphone'] });
    const page = await openOurPage(context, origin);
    candidates.push({ name: `ours, ${MODES[index]}`, page, call: callOnOurPage, timesMs: [] });
    if (index > 0) continue;
    const bare = await context.newPage();
    await bare.addInitScript({ content: BARE_CALL });
    await bare.goto(origin + BARE_PATH);
    candidates.push({ name: 'bare', page: bare, call: callOnPlainPage, timesMs: [] });
  }
  const context = await browser.newContext({ permissions: ['microphone'] });
  const page = await context.newPage();
  await page.goto(example.origin);
  await page.waitForFunction('globalThis.isReady');
  candidates.push({ name: 'example', page, call: callOnPlainPage, timesMs: [] });

  // The first of each does not count: it warms up the server, the browser and the code.
  for (let count = 0; count <= CALLS; count++) {
    for (const candidate of candidates) {
      await candidate.page.bringToFront();
      const tookMs = await candidate.call(candidate.page);
      if (count > 0) candidate.timesMs.push(tookMs);
    }
  }
  const medianOf = (name: string) => median(candidates.find((one) => one.name === name)?.timesMs ?? []);
  const exampleMs = medianOf('example');
  for (const { name, timesMs } of candidates) {
    const range = `${Math.round(Math.min(...timesMs))}…${Math.round(Math.max(...timesMs))}`;
    const ratio = median(timesMs) / exampleMs;
    console.log(
      `${name.padEnd(13)} median ${Math.round(median(timesMs))} ms  (${range} ms, ${timesMs.length} calls)  ${ratio.toFixed(2)} of the example`,
    );
  }
  const ratio = medianOf('ours, direct') / medianOf('bare');
  console.log(`direct ${ratio.toFixed(2)} of the bare page, at most ${ALLOWED_RATIO}`);
  if (ratio > ALLOWED_RATIO) process.exitCode = 1;
} finally {
  await browser.close();
  example.stop();
  await Promise.all([first.stop(), second.stop()]);
}
