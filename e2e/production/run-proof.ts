import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Returns whether a program is installed. */
export function isInstalled(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  // Debian keeps servers in folders that are not in every user's PATH.
  return [...folders, '/usr/sbin', '/sbin'].some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Returns whether one program of each group is installed, on Linux. Otherwise prints what is missing; in CI nothing
 * may be left out in silence, so the run then fails.
 */
export function requirePrograms(groups: readonly (readonly string[])[]): boolean {
  const missing = groups.filter((group) => !group.some(isInstalled)).map((group) => group.join(' or '));
  if (process.platform === 'linux' && missing.length === 0) return true;
  console.log(`Skipped: this needs Linux${missing.map((name) => ` and ${name}`).join('')}.`);
  if (process.env.CI) process.exitCode = 1;
  return false;
}

/** Runs a proof of several steps. The process exits with 1 when one fails. */
export async function runProof(prove: () => Promise<void>): Promise<void> {
  try {
    await prove();
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}
