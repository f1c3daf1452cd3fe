import { expect, test } from 'vitest';
import { findFirefox } from './find-firefox.ts';

const machine = (installed: string[], env: Record<string, string> = { PATH: '/usr/local/bin:/usr/bin' }) => ({
  env,
  canRun: (path: string) => installed.includes(path),
});

test('takes what PARLEY_FIREFOX names before an installed one', () => {
  const env = { PARLEY_FIREFOX: '/mine/firefox', PATH: '/usr/bin' };
  expect(findFirefox(machine(['/mine/firefox', '/usr/bin/firefox'], env))).toBe('/mine/firefox');
});

test('throws when the named one does not start, and takes no other', () => {
  const env = { PARLEY_FIREFOX: '/mine/firefox', PATH: '/usr/bin' };
  expect(() => findFirefox(machine(['/usr/bin/firefox'], env))).toThrow(
    /PARLEY_FIREFOX is "\/mine\/firefox"/,
  );
});

test('prefers the long-term release, in whichever folder it is', () => {
  expect(findFirefox(machine(['/usr/local/bin/firefox', '/usr/bin/firefox-esr']))).toBe(
    '/usr/bin/firefox-esr',
  );
});

test('finds nothing where there is nothing', () => {
  expect(findFirefox(machine([]))).toBeUndefined();
});
