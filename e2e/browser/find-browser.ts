import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A browser to test with. `path` is empty for Playwright's own, which Playwright finds on its own. */
export interface Browser {
  path: string;
  source: 'environment' | 'playwright' | 'system';
}

export interface Machine {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  /** Where Playwright keeps, or would keep, its own Chromium. */
  playwrightPath: string;
  canRun: (path: string) => boolean;
}

const VERSION_LIMIT_MS = 20_000;
const ENVIRONMENT = ['PARLEY_BROWSER', 'CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'];
// The headless shell first: it draws no window, which takes a quarter of a test's time.
const COMMANDS = [
  'chromium-headless-shell',
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
];

/**
 * Returns whether a program exists and starts. A browser without its libraries does not start, and neither does
 * the placeholder that some systems install.
 */
export function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  // On Windows, `--version` opens a window.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: VERSION_LIMIT_MS }).status === 0;
}

/** Returns where browsers are installed on each system, best first. */
function systemPaths({ platform, env }: Machine): string[] {
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
      (one) => one !== undefined,
    );
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return programs.flatMap((program) => folders.map((folder) => `${folder}\\${program}`));
  }
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (app) => `${app}.app/Contents/MacOS/${app}`,
    );
    return apps.flatMap((app) =>
      ['/Applications', `${env.HOME}/Applications`].map((folder) => `${folder}/${app}`),
    );
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return [
    ...COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command))),
    ...['/opt/google/chrome/chrome', '/usr/lib/chromium/chromium', '/snap/bin/chromium'],
  ];
}

/**
 * Returns the browser to test with: the one that the environment names, Playwright's own, or an installed one.
 * Throws when the environment names a program that does not start.
 */
export function findBrowser(machine: Machine): Browser | undefined {
  const named = ENVIRONMENT.find((name) => machine.env[name]);
  if (named) {
    const path = machine.env[named] ?? '';
    if (machine.canRun(path)) return { path, source: 'environment' };
    throw new Error(`${named} is "${path}", which does not start.`);
  }
  if (machine.canRun(machine.playwrightPath)) return { path: '', source: 'playwright' };
  const path = systemPaths(machine).find(machine.canRun);
  return path === undefined ? undefined : { path, source: 'system' };
}
