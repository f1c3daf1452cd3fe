import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A browser to test with. `path` is empty for Playwright's own, which Playwright finds by itself. */
export interface Browser {
  path: string;
  source: 'environment' | 'playwright' | 'system';
}

export interface Machine {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  /** Where Playwright keeps, or would keep, its own Chromium. */
  playwrightPath: string;
  isExecutable: (path: string) => boolean;
}

const ENVIRONMENT = ['PARLEY_BROWSER', 'CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'];
const COMMANDS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where browsers are installed on each system, best first. */
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
 * The browser to test with: one that the environment names, Playwright's own, or one that is installed.
 * Throws when the environment names something that cannot be run.
 */
export function findBrowser(machine: Machine): Browser | undefined {
  const named = ENVIRONMENT.find((name) => machine.env[name]);
  if (named) {
    const path = machine.env[named] ?? '';
    if (machine.isExecutable(path)) return { path, source: 'environment' };
    throw new Error(`${named} is "${path}", but there is no program that could be run.`);
  }
  if (machine.isExecutable(machine.playwrightPath)) return { path: '', source: 'playwright' };
  const path = systemPaths(machine).find(machine.isExecutable);
  return path === undefined ? undefined : { path, source: 'system' };
}
