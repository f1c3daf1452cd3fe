import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { collectLicences } from './licences.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STANDALONE = join(ROOT, '.next', 'standalone');
/**
 * The image optimiser: Next takes it along although no page has such an image. 19 of 47 MB, and a native library less
 * that strangers can reach. Without it, `/_next/image` responds with an error.
 */
const UNUSED = ['sharp', '@img', 'detect-libc', 'semver'];

/** Files with settings would be in every copy of the image. Next copies `.env` and `.env.production`. */
function refuseSettings(): void {
  const found = readdirSync(STANDALONE).filter((name) => name.startsWith('.env'));
  if (found.length === 0) return;
  rmSync(STANDALONE, { recursive: true });
  throw new Error(
    `${found.join(', ')} would be in the image, for everyone who gets it to read. Move it away and build again: ` +
      'the settings of an image are given when it starts.',
  );
}

/**
 * Builds `.next/standalone`, which runs as `node server.js` without `node_modules` beside it: `npm run build:image`.
 * Throws when the build fails, or when a file with settings got into the folder.
 */
function buildImage(): void {
  rmSync(STANDALONE, { recursive: true, force: true });
  const next = join(ROOT, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, PARLEY_BUILD: 'image' };
  const { status } = spawnSync(process.execPath, [next, 'build'], { cwd: ROOT, env, stdio: 'inherit' });
  if (status !== 0) throw new Error('The build failed.');
  refuseSettings();
  cpSync(join(ROOT, '.next/static'), join(STANDALONE, '.next/static'), { recursive: true });
  for (const name of UNUSED) rmSync(join(STANDALONE, 'node_modules', name), { recursive: true, force: true });
  copyFileSync(join(ROOT, 'LICENSE'), join(STANDALONE, 'LICENSE'));
  writeFileSync(join(STANDALONE, 'THIRD-PARTY-LICENSES.txt'), collectLicences(ROOT));
  if (existsSync(join(ROOT, 'public'))) {
    cpSync(join(ROOT, 'public'), join(STANDALONE, 'public'), { recursive: true });
  }
}

try {
  buildImage();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
