import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canRun, findBrowser, type Machine } from './find-browser.ts';

const PLAYWRIGHT = '/cache/playwright/chrome';

const machine = (installed: string[], rest: Partial<Machine> = {}): Machine => ({
  platform: 'linux',
  env: { PATH: '/usr/local/bin:/usr/bin' },
  playwrightPath: PLAYWRIGHT,
  canRun: (path) => installed.includes(path),
  ...rest,
});

describe('findBrowser', () => {
  it('takes what the environment names before anything else', () => {
    const env = { CHROME_PATH: '/mine/chrome', PATH: '/usr/bin' };
    const installed = ['/mine/chrome', PLAYWRIGHT, '/usr/bin/chromium'];
    expect(findBrowser(machine(installed, { env }))).toEqual({ path: '/mine/chrome', source: 'environment' });
  });

  it('throws when the browser that the environment names does not start, and takes no other', () => {
    const env = { PARLEY_BROWSER: '/mine/chrome', PATH: '/usr/bin' };
    expect(() => findBrowser(machine([PLAYWRIGHT], { env }))).toThrow(/PARLEY_BROWSER is "\/mine\/chrome"/);
  });

  it("prefers Playwright's own to the system's", () => {
    expect(findBrowser(machine([PLAYWRIGHT, '/usr/bin/chromium']))).toEqual({
      path: '',
      source: 'playwright',
    });
  });

  it.each([
    ['linux', '/usr/bin/chromium', {}],
    ['linux', '/usr/local/bin/google-chrome', {}],
    ['linux', '/snap/bin/chromium', { env: {} }],
    ['darwin', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', {}],
    ['darwin', '/Users/a/Applications/Chromium.app/Contents/MacOS/Chromium', { env: { HOME: '/Users/a' } }],
    [
      'win32',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      { env: { PROGRAMFILES: 'C:\\Program Files' } },
    ],
    [
      'win32',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
      { env: { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' } },
    ],
  ] as const)('finds on %s: %s', (platform, path, rest) => {
    expect(findBrowser(machine([path], { platform, ...rest }))).toEqual({ path, source: 'system' });
  });

  it('finds nothing where there is nothing', () => {
    expect(findBrowser(machine([]))).toBeUndefined();
  });
});

it('knows a program that starts from one that does not', () => {
  expect(canRun(process.execPath)).toBe(true);
  expect(canRun('/no/such/file')).toBe(false);
  expect(canRun(fileURLToPath(import.meta.url))).toBe(false);
});

it.skipIf(process.platform === 'win32')('takes no program that fails to start', () => {
  expect(canRun('/bin/false')).toBe(false);
});
