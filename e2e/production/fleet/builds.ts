import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type ImageFolder, prepareImage } from '../prepare-image.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface Builds {
  older: ImageFolder;
  newer: ImageFolder;
}

/**
 * Returns the build that is there, and a second one of the same sources: every build has a number of its own, which is in
 * the code of the page, so some of their files differ.
 */
export function prepareTwoBuilds(): Builds {
  const older = prepareImage();
  const words = ['run', 'build:image'];
  execFileSync('npm', words, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  return { older, newer: prepareImage() };
}

/** Returns the build that is there, twice. */
export function prepareOneBuild(): Builds {
  const build = prepareImage();
  return { older: build, newer: build };
}

/** Deletes the folders of both. */
export function removeBuilds({ older, newer }: Builds): void {
  older.remove();
  if (newer !== older) newer.remove();
}
