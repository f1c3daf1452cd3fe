import { randomBytes } from 'node:crypto';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { canRun, findBrowser } from '../../e2e/browser/find-browser.ts';
import { findNeighbouringPorts } from '../../e2e/browser/free-ports.ts';
import { median } from '../browser.ts';
import { startServer } from '../start-server.ts';
import { BARE_CALL } from './bare-call.ts';
import { startExample } from './example-page.ts';

/*
 * Measures the time from the click to a live call, in one run: our page in both modes, and beside each of them, against
 * the same sandbox, a page in the order of the Agents SDK's own Next example. In direct mode a bare page that makes the
 * same requests as ours is the third. First the provider answers at once, then it takes its time over each request: on one
 * machine nothing else shows what a request more or less costs. That time is chosen, not measured.
 */

const CALLS = Number(process.argv[2] ?? 20);
const PROVIDER_WAITS_MS = [0, 200] as const;
/** In direct mode ours may take this much longer than the bare page, which makes the same requests. */
const ALLOWED_RATIO = 1.25;
/** What a call leaves behind, such as its hang-up and a fresh page, is not to count against the next one. */
const AFTERMATH_MS = 500;
const MODES = ['direct', 'relay'] as const;
/**
 * A page of the site that does nothing. It must come over the network: a page without an origin may not call loopback
 * addresses.
 */
const BARE_PATH = '/nothing-here';

/** Returns the milliseconds from the click on Talk until the call's controls are enabled, by the page's own clock. */
async function callOnOurPage(page: Page): Promise<number> {
  await page.evaluate(() => {
    const isLive = () =>
      [...document.querySelectorAll('fieldset button')].some(
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
/** Starts our site in one mode, and the example against the same sandbox. */
async function startBoth(mode: (typeof MODES)[number]) {
  const apiKey = `sk-sandbox-${randomBytes(24).toString('hex')}`;
  const realtimePort = await findNeighbouringPorts(1);
  const site = await startServer({
    env: { VOICE_CONNECT: mode, SANDBOX_API_KEY: apiKey, SANDBOX_REALTIME_PORT: String(realtimePort) },
  });
  const sandbox = `http://127.0.0.1:${realtimePort}`;
  const example = await startExample({ baseUrl: `${sandbox}/v1`, apiKey });
  /** From now on the provider takes so long over each mint and each answer. */
  async function slowDown(latencyMs: number): Promise<void> {
    const headers = { authorization: `Bearer ${apiKey}` };
    const body = JSON.stringify({ mint: { latencyMs }, calls: { latencyMs } });
    const response = await fetch(`${sandbox}/__sandbox/faults`, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`The sandbox answered ${response.status}.`);
  }
  return { mode, site, example, slowDown };
}

async function openPlainPage(context: BrowserContext, address: string, script?: string): Promise<Page> {
  const page = await context.newPage();
  if (script !== undefined) await page.addInitScript({ content: script });
  await page.goto(address);
  await page.waitForFunction("'connect' in globalThis");
  return page;
}

const candidate = (name: string, page: Page, call: Candidate['call']): Candidate => ({
  name,
  page,
  call,
  timesMs: [],
});

function printCandidate({ name, timesMs }: Candidate): void {
  const range = `${Math.round(Math.min(...timesMs))}…${Math.round(Math.max(...timesMs))}`;
  console.log(
    `${name.padEnd(16)} median ${Math.round(median(timesMs))} ms  (${range} ms, ${timesMs.length} calls)`,
  );
}

/** Lets all of them call as often, in turn. */
async function callAll(candidates: Candidate[]): Promise<void> {
  for (const { timesMs } of candidates) timesMs.length = 0;
  // The first of each does not count: it warms up the server, the browser and the code.
  for (let round = 0; round <= CALLS; round++) {
    // Each is the first of a round as often as the others.
    const order = candidates.map((_, index) => candidates[(index + round) % candidates.length] as Candidate);
    for (const { page, call, timesMs } of order) {
      await page.bringToFront();
      await page.waitForTimeout(AFTERMATH_MS);
      const tookMs = await call(page);
      if (round > 0) timesMs.push(tookMs);
    }
  }
}

/** Prints what they took. The process fails if ours was slower than it may be. */
function judge(candidates: Candidate[]): void {
  for (const one of candidates) printCandidate(one);
  const medianOf = (name: string) => median(candidates.find((one) => one.name === name)?.timesMs ?? []);
  const limits = [
    ['ours, direct', 'example, direct', 1],
    ['ours, relay', 'example, relay', 1],
    ['ours, direct', 'bare, direct', ALLOWED_RATIO],
  ] as const;
  for (const [ours, other, most] of limits) {
    const ratio = medianOf(ours) / medianOf(other);
    console.log(`${ours}: ${ratio.toFixed(2)} of ${other}, at most ${most.toFixed(2)}`);
    if (!(ratio <= most)) process.exitCode = 1;
  }
}

const started = [await startBoth('direct'), await startBoth('relay')];
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
  for (const { mode, site, example } of started) {
    const context = await browser.newContext({ permissions: ['microphone'] });
    candidates.push(
      candidate(`ours, ${mode}`, await openOurPage(context, site.origin), callOnOurPage),
      candidate(`example, ${mode}`, await openPlainPage(context, example.origin), callOnPlainPage),
    );
    if (mode === 'relay') continue;
    const bare = await openPlainPage(context, site.origin + BARE_PATH, BARE_CALL);
    candidates.push(candidate('bare, direct', bare, callOnPlainPage));
  }

  for (const waitMs of PROVIDER_WAITS_MS) {
    console.log(`\nThe provider takes ${waitMs} ms over a request:`);
    await Promise.all(started.map(({ slowDown }) => slowDown(waitMs)));
    await callAll(candidates);
    judge(candidates);
  }
} finally {
  await browser.close();
  for (const { example } of started) example.stop();
  await Promise.all(started.map(({ site }) => site.stop()));
}
