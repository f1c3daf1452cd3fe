import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { type Browser, canRun, findBrowser } from './find-browser.ts';
import { findNeighbouringPorts } from './free-ports.ts';
import { INSTALLERS, playwrightCli } from './install-browser.ts';

const ADVICE =
  'The browser tests need Chrome or Chromium: install one, or set PARLEY_BROWSER to the path of its program.';
/** Next, Redis and the Realtime sandbox: see `playwright.config.ts`. */
const SERVERS = 3;

const find = (): Browser | undefined =>
  findBrowser({
    platform: process.platform,
    env: process.env,
    playwrightPath: chromium.executablePath(),
    canRun,
  });

async function findOrInstall(): Promise<Browser> {
  const found = find();
  if (found) return found;
  for (const { name, install } of INSTALLERS) {
    console.error(`There is no browser yet. ${name} …`);
    const installed = (await install()) ? find() : undefined;
    if (installed) return installed;
  }
  throw new Error(ADVICE);
}

/** Answers Playwright's exit code. */
async function runPlaywright(browser: Browser, words: string[]): Promise<number> {
  const port = await findNeighbouringPorts(SERVERS);
  const reporter = fileURLToPath(new URL('summary-reporter.ts', import.meta.url));
  const child = spawn(process.execPath, [playwrightCli, 'test', `--add-reporter=${reporter}`, ...words], {
    stdio: 'inherit',
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, PARLEY_BROWSER: browser.path, PARLEY_E2E_PORT: String(port) },
  });
  // A Ctrl-C reaches Playwright by itself, and Playwright needs a moment to stop its servers.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => resolve(code ?? 1));
  });
}

/** `node --import jiti/register e2e/run.ts [Playwright's own arguments]` */
try {
  const browser = await findOrInstall();
  console.log(`Browser: ${browser.path || "Playwright's own Chromium"}`);
  process.exitCode = await runPlaywright(browser, process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
