import { chromium, type Page } from 'playwright';
import { canRun, findBrowser } from '../../e2e/browser/find-browser.ts';
import { startServer } from '../start-server.ts';
import { BARE_CALL } from './bare-call.ts';

const CALLS = Number(process.argv[2] ?? 20);
/** Ours may take this much longer than the bare page. */
const ALLOWED_RATIO = 1.25;
/** An empty page of the site. It must come over the network: a page without an origin may not call loopback addresses. */
const BARE_PATH = '/api/health';

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
};

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

async function callOnBarePage(page: Page): Promise<number> {
  const tookMs = await page.evaluate('connect()');
  await page.evaluate('leave()');
  return Number(tookMs);
}

const browserFound = findBrowser({
  platform: process.platform,
  env: process.env,
  playwrightPath: chromium.executablePath(),
  canRun,
});
const server = await startServer();
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
  const context = await browser.newContext({ baseURL: server.origin, permissions: ['microphone'] });
  const ours = await context.newPage();
  await ours.goto('/');
  await ours.getByRole('button', { name: 'Continue as guest' }).click();
  await ours.getByRole('button', { name: 'Talk', exact: true }).waitFor();
  const bare = await context.newPage();
  await bare.addInitScript({ content: BARE_CALL });
  await bare.goto(BARE_PATH);

  const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
  // The first of each does not count: it warms up the server, the browser and the code.
  for (let count = 0; count <= CALLS; count++) {
    await ours.bringToFront();
    const oursMs = await callOnOurPage(ours);
    await bare.bringToFront();
    const bareMs = await callOnBarePage(bare);
    if (count === 0) continue;
    times.ours.push(oursMs);
    times.bare.push(bareMs);
  }
  const [oursMs, bareMs] = [median(times.ours), median(times.bare)];
  const ratio = oursMs / bareMs;
  for (const [name, values] of Object.entries(times)) {
    const range = `${Math.round(Math.min(...values))}…${Math.round(Math.max(...values))}`;
    console.log(`${name}  median ${Math.round(median(values))} ms  (${range} ms, ${values.length} calls)`);
  }
  console.log(`ratio of medians ${ratio.toFixed(2)}, at most ${ALLOWED_RATIO}`);
  if (ratio > ALLOWED_RATIO) process.exitCode = 1;
} finally {
  await browser.close();
  await server.stop();
}
