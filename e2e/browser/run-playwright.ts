import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { playwrightCli } from './install-browser.ts';
import { provideBrowser } from './provide-browser.ts';

/** Runs Playwright's tests with a browser that starts on this machine. Returns Playwright's exit code. */
export async function runPlaywright(args: string[], env: Record<string, string>): Promise<number> {
  const browser = await provideBrowser();
  console.log(`Browser: ${browser.path || "Playwright's own Chromium"}`);
  return runTests(args, { ...env, PARLEY_BROWSER: browser.path });
}

/** Runs Playwright's tests, which find their browser themselves. Returns Playwright's exit code. */
export function runTests(args: string[], env: Record<string, string>): Promise<number> {
  const reporter = fileURLToPath(new URL('summary-reporter.ts', import.meta.url));
  const child = spawn(process.execPath, [playwrightCli, 'test', `--add-reporter=${reporter}`, ...args], {
    stdio: 'inherit',
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ...env },
  });
  // Ctrl-C reaches Playwright directly, and Playwright needs a moment to stop its servers.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => resolve(code ?? 1));
  });
}
