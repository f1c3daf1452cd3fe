import { canRun } from './find-browser.ts';
import { findFirefox } from './find-firefox.ts';
import { installFromDebian } from './install-browser.ts';

const find = () => findFirefox({ env: process.env, canRun });

/**
 * Returns the path of a Firefox that starts, after installing one if necessary. Throws an error that says what to do
 * when that fails.
 */
export async function provideFirefox(): Promise<string> {
  const found = find() ?? ((await installFromDebian('firefox-esr')) ? find() : undefined);
  if (found !== undefined) return found;
  throw new Error('These tests need Firefox: install it, or set PARLEY_FIREFOX to the path of its program.');
}
