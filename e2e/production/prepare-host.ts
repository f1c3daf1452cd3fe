import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Host {
  directory: string;
  remove(): void;
}

/** Runs a command and shows its output only when it fails. */
function run(directory: string, command: string, ...words: string[]): string {
  return execFileSync(command, words, {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  });
}

function copySources(directory: string): void {
  const listed = run(ROOT, 'git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
  for (const file of listed.split('\0')) {
    if (file === '' || !existsSync(join(ROOT, file))) continue;
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    cpSync(join(ROOT, file), join(directory, file));
  }
}

/** Copies what `npm ci` and `npm run build` left in this folder. Hard links, where the system has them, save a minute. */
function copyInstallAndBuild(directory: string): void {
  const modules = join(directory, 'node_modules');
  if (process.platform === 'linux') run(ROOT, 'cp', '-al', join(ROOT, 'node_modules'), modules);
  else cpSync(join(ROOT, 'node_modules'), modules, { recursive: true, verbatimSymlinks: true });
  // npm overwrites this file in place, and so would reach through the link.
  rmSync(join(modules, '.package-lock.json'), { force: true });
  for (const entry of readdirSync(join(ROOT, '.next'))) {
    if (entry === 'cache' || entry === 'dev') continue;
    cpSync(join(ROOT, '.next', entry), join(directory, '.next', entry), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
}

/**
 * Makes a folder as a host has it when it starts the site: sources, build, and neither a development dependency nor
 * the sandbox. With `fromScratch` npm installs and builds there; otherwise both are copied from this folder.
 */
export function prepareHost({ fromScratch }: { fromScratch: boolean }): Host {
  if (!fromScratch && !existsSync(join(ROOT, '.next', 'BUILD_ID'))) {
    throw new Error('There is no build to copy. Make one with: npm run build');
  }
  const directory = mkdtempSync(join(tmpdir(), 'parley-production-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  try {
    copySources(directory);
    if (fromScratch) {
      run(directory, 'npm', 'ci');
      run(directory, 'npm', 'run', 'build');
    } else copyInstallAndBuild(directory);
    run(directory, 'npm', 'prune', '--omit=dev', '--workspaces=false', ...(fromScratch ? [] : ['--offline']));
  } catch (error) {
    remove();
    throw error;
  }
  return { directory, remove };
}
