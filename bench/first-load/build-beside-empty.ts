import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Inside the repository, where Next finds the same packages; ignored by git. */
const COPY = join(ROOT, '.parley', 'first-load');
const LEFT_OUT = new Set(['.git', '.next', '.parley', 'node_modules', 'test-results']);

export const EMPTY_PATH = '/first-load-empty';
const EMPTY_PAGE = `export default function EmptyPage() {
  return null;
}
`;

export interface Build {
  directory: string;
  remove: () => Promise<void>;
}

function run(program: string, args: string[], cwd: string): Promise<void> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${args[0]} ended with ${code}.`)),
    );
  });
}

/** Builds a copy of the site that has one more page: an empty one in the same layout. */
export async function buildBesideEmpty(): Promise<Build> {
  const remove = () => rm(COPY, { recursive: true, force: true });
  await remove();
  try {
    await mkdir(COPY, { recursive: true });
    const names = (await readdir(ROOT)).filter((name) => !LEFT_OUT.has(name));
    await Promise.all(names.map((name) => cp(join(ROOT, name), join(COPY, name), { recursive: true })));
    await symlink(join(ROOT, 'node_modules'), join(COPY, 'node_modules'));
    const page = join(COPY, 'app', EMPTY_PATH);
    await mkdir(page);
    await writeFile(join(page, 'page.tsx'), EMPTY_PAGE);
    await run(process.execPath, [join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], COPY);
  } catch (error) {
    await remove();
    throw error;
  }
  return { directory: COPY, remove };
}
