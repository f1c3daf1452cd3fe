import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { playwrightCli } from './install-browser.ts';
import { provideBrowser } from './provide-browser.ts';

/** Runs Playwright's tests with a browser that runs. Answers Playwright's exit code. */
export async function runPlaywright(words: string[], env: Record<string, string>): Promise<number> {
  const browser = await provideBrowser();
  console.log(`Browser: ${browser.path || "Playwright's own Chromium"}`);
  const reporter = fileURLToPath(new URL('summary-reporter.ts', import.meta.url));
  const child = spawn(process.execPath, [playwrightCli, 'test', `--add-reporter=${reporter}`, ...words], {
    stdio: 'inherit',
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ...env, PARLEY_BROWSER: browser.path },
  });
  // A Ctrl-C reaches Playwright by itself, and Playwright needs a moment to stop its servers.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => resolve(code ?? 1));
  });
}
