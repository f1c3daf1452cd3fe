import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const IS_NOTICE = /^(licen[cs]e|copying|notice|ofl)\b/i;

interface Manifest {
  name: string;
  version: string;
  license?: string;
}

/** Returns the folders of the npm packages that production needs, those of packages too. */
function listFolders(root: string): string[] {
  const words = [
    'ls',
    '--omit=dev',
    '--all',
    '--parseable',
    '--workspaces=false',
    '--include-workspace-root',
  ];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // Its status is about versions that do not fit, which is not the question here.
  const { stdout, error } = spawnSync(npm, words, { cwd: root, encoding: 'utf8', shell: npm === 'npm.cmd' });
  if (error) throw new Error('npm could not list the packages.', { cause: error });
  return stdout.split(/\r?\n/).filter((path) => path.includes(`${sep}node_modules${sep}`));
}

/** Returns the texts that the package wants to be passed on. Some have none, and only name a licence. */
function readNotices(folder: string): string {
  const files = readdirSync(folder).filter((name) => IS_NOTICE.test(name));
  return files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
}

/**
 * Returns the licences of all npm packages that are in the server or in its pages, each text once: whoever passes an image on
 * has to pass these on as well. Throws if npm is not there.
 */
export function collectLicences(root: string): string {
  const byText = new Map<string, Set<string>>();
  for (const folder of listFolders(root)) {
    const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const { name, version, license = 'no licence named' } = manifest;
    const text = readNotices(folder);
    byText.set(text, (byText.get(text) ?? new Set()).add(`${name} ${version} (${license})`));
  }
  const parts = [...byText].map(([text, names]) => `${[...names].sort().join('\n')}\n\n${text}`.trim());
  return `${parts.sort().join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
