import { chromium } from 'playwright';
import { type Browser, canRun, findBrowser } from './find-browser.ts';
import { INSTALLERS } from './install-browser.ts';

const ADVICE =
  'The browser tests need Chrome or Chromium: install one, or set PARLEY_BROWSER to the path of its program.';

const find = (): Browser | undefined =>
  findBrowser({
    platform: process.platform,
    env: process.env,
    playwrightPath: chromium.executablePath(),
    canRun,
  });

/** Returns a browser that starts, after installing one if necessary. Throws an error that says what to do when that fails. */
export async function provideBrowser(): Promise<Browser> {
  const found = find();
  if (found) return found;
  for (const { name, install } of INSTALLERS) {
    console.error(`There is no browser yet. ${name} …`);
    const installed = (await install()) ? find() : undefined;
    if (installed) return installed;
  }
  throw new Error(ADVICE);
}
