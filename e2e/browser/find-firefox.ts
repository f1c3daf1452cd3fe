import { delimiter, join } from 'node:path';
import type { Machine } from './find-browser.ts';

const COMMANDS = ['firefox-esr', 'firefox'];

/**
 * Returns the path of the Firefox to test with: the one that `PARLEY_FIREFOX` names, or an installed one. Throws when
 * the named one does not start.
 */
export function findFirefox({ env, canRun }: Pick<Machine, 'env' | 'canRun'>): string | undefined {
  const named = env.PARLEY_FIREFOX;
  if (named) {
    if (canRun(named)) return named;
    throw new Error(`PARLEY_FIREFOX is "${named}", which does not start.`);
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command))).find(canRun);
}
