import { BROWSER_ARGUMENTS } from '@parley/realtime-sandbox/contract/browser-arguments';
import { chromium } from 'playwright';
import { provideBrowser } from '../browser/provide-browser.ts';
import { HOST, type SiteProxy } from './proxies.ts';

const GREETED_WITHIN_MS = 45_000;

/** Signs in, clicks Talk, waits until the agent's words are on the page, and ends the call: all through the proxy. */
export async function callInBrowser({ httpsPort }: SiteProxy): Promise<void> {
  const { path } = await provideBrowser();
  const args = [
    ...BROWSER_ARGUMENTS,
    '--use-fake-device-for-media-stream',
    `--host-resolver-rules=MAP ${HOST}:443 127.0.0.1:${httpsPort}`,
  ];
  const browser = await chromium.launch({ ...(path ? { executablePath: path } : {}), args });
  try {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, permissions: ['microphone'] });
    const page = await context.newPage();
    await page.goto(`https://${HOST}/`);
    await page.getByRole('button', { name: 'Continue as guest' }).click();
    await page.getByRole('button', { name: 'Talk', exact: true }).click();
    const transcript = page.getByRole('log');
    await transcript.getByText(/\w+/).first().waitFor({ timeout: GREETED_WITHIN_MS });
    await page.getByRole('button', { name: 'End call' }).click();
    await page.getByRole('button', { name: 'Talk again' }).waitFor();
  } finally {
    await browser.close();
  }
}
