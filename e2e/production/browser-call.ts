import { setTimeout as delay } from 'node:timers/promises';
import { BROWSER_ARGUMENTS } from '@parley/realtime-sandbox/contract/browser-arguments';
import { type Browser, chromium, type Page } from 'playwright';
import { AUDIBLE_RMS, installPageRecorder, readPageRecording } from '../browser/page-recorder.ts';
import { provideBrowser } from '../browser/provide-browser.ts';
import { HOST, type SiteProxy } from './proxies.ts';

const GREETED_WITHIN_MS = 45_000;

/** Resolves when the page plays the agent's voice. Throws after 45 s. */
async function hearAgent(page: Page): Promise<void> {
  const giveUp = AbortSignal.timeout(GREETED_WITHIN_MS);
  while (!(await readPageRecording(page)).levels.some(({ rms }) => rms > AUDIBLE_RMS)) {
    giveUp.throwIfAborted();
    await delay(100);
  }
}

/** Starts a browser that finds the proxy under the site's own name. */
export async function openBrowser({ httpsPort }: SiteProxy): Promise<Browser> {
  const { path } = await provideBrowser();
  const args = [
    ...BROWSER_ARGUMENTS,
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--host-resolver-rules=MAP ${HOST}:443 127.0.0.1:${httpsPort}`,
  ];
  return chromium.launch({ ...(path ? { executablePath: path } : {}), args });
}

/** Signs in, clicks Talk, waits until the agent is heard, and ends the call: all through the proxy. */
export async function callInBrowser(proxy: SiteProxy): Promise<void> {
  const browser = await openBrowser(proxy);
  try {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, permissions: ['microphone'] });
    const page = await context.newPage();
    await installPageRecorder(page);
    await page.goto(`https://${HOST}/`);
    await page.getByRole('button', { name: 'Continue as guest' }).click();
    await page.getByRole('button', { name: 'Talk', exact: true }).click();
    await hearAgent(page);
    await page.getByRole('button', { name: 'End call' }).click();
    await page.getByRole('button', { name: 'Talk again' }).waitFor();
  } finally {
    await browser.close();
  }
}
