import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const DOWNLOAD_LIMIT_MS = 5 * 60_000;
const PACKAGE_LIMIT_MS = 5 * 60_000;

/** Playwright's command line, to be run with Node. */
export const playwrightCli = join(
  dirname(createRequire(import.meta.url).resolve('playwright/package.json')),
  'cli.js',
);

interface Step {
  command: string;
  args: string[];
  limitMs: number;
}

/** Runs a program with its output on our error stream. Returns whether it succeeded in time. */
function succeeds({ command, args, limitMs }: Step): Promise<boolean> {
  const child = spawn(command, args, {
    stdio: ['ignore', 2, 2],
    timeout: limitMs,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false)).once('exit', (code) => resolve(code === 0));
  });
}

const download = (): Promise<boolean> =>
  succeeds({
    command: process.execPath,
    args: [playwrightCli, 'install', 'chromium'],
    limitMs: DOWNLOAD_LIMIT_MS,
  });

/** Installs the first of these packages that Debian has, only as root: that needs no password. Returns whether one is installed. */
export async function installFromDebian(...names: string[]): Promise<boolean> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false;
  const apt = (...args: string[]) => succeeds({ command: 'apt-get', args, limitMs: PACKAGE_LIMIT_MS });
  await apt('update');
  for (const name of names) {
    if (await apt('install', '--yes', '--no-install-recommends', name)) return true;
  }
  return false;
}

const installChromium = (): Promise<boolean> => installFromDebian('chromium-headless-shell', 'chromium');

/** The ways to get a browser, to be tried in this order. */
export const INSTALLERS = [
  { name: "Downloading Playwright's Chromium", install: download },
  { name: "Installing Debian's Chromium", install: installChromium },
] as const;
