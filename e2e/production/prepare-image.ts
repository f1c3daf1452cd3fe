import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface ImageFolder {
  directory: string;
  /** Megabytes of its files. */
  megabytes: number;
  /** Names of the npm packages in it. */
  packages: string[];
  remove(): void;
}

const run = (command: string, ...words: string[]): string =>
  execFileSync(command, words, { encoding: 'utf8' });

/** Returns the packages in a folder `node_modules`, with their scopes. */
const listPackages = (modules: string): string[] =>
  readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((one) => `${name}/${one}`) : [name],
    )
    .sort();

/**
 * Copies what `npm run build:image` made to where Node finds no other package, and takes all permission to write: the
 * folder `/app` of the image. Throws when a symbolic link in it leads nowhere.
 */
export function prepareImage(): ImageFolder {
  const parent = mkdtempSync(join(tmpdir(), 'parley-image-'));
  chmodSync(parent, 0o755);
  const directory = join(parent, 'app');
  const remove = () => {
    run('chmod', '-R', 'u+w', parent);
    rmSync(parent, { recursive: true });
  };
  try {
    run('cp', '-a', join(ROOT, '.next/standalone'), directory);
    const dangling = run('find', directory, '-xtype', 'l');
    if (dangling !== '') throw new Error(`Links that lead nowhere:\n${dangling}`);
    run('chmod', '-R', 'a-w,a+rX', directory);
    const kilobytes = Number(run('du', '-sk', directory).split('\t')[0]);
    const packages = listPackages(join(directory, 'node_modules'));
    return { directory, megabytes: kilobytes / 1024, packages, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
