import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNeighbouringPorts } from '../../e2e/browser/free-ports.ts';
import { provideBrowser } from '../../e2e/browser/provide-browser.ts';
import { runPlaywright } from '../../e2e/browser/run-playwright.ts';
import { proveCommands } from './prove-commands.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGES = { '@parley/realtime-sandbox': 'sandbox/realtime', '@parley/redis-sandbox': 'sandbox/redis' };

/** What a project has beside the packages, in the versions of this repository where it has them. */
const BESIDE = [
  '@openai/agents-realtime',
  '@redis/client',
  '@types/node',
  '@types/ws',
  '@upstash/ratelimit',
  '@upstash/redis',
  'openai',
  'typescript',
  'vite',
  'ws',
  'zod',
];

/** Runs a program of npm in `cwd`. @throws Error when it fails; its output stands above */
async function npm(args: string[], cwd: string, env: Record<string, string> = {}): Promise<void> {
  // On Windows npm is a script, which only a shell runs.
  const child = spawn('npm', args, {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed (exit code ${code}).`);
}

async function installedVersion(name: string): Promise<string> {
  const file = join(ROOT, 'node_modules', name, 'package.json');
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}

/** A folder with nothing but a project of its own, in which both packed files are installed. */
async function createProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stranger-'));
  for (const place of Object.values(PACKAGES)) {
    await npm(['pack', '--silent', '-w', place, '--pack-destination', folder], ROOT);
  }
  const versions = await Promise.all(
    BESIDE.map(async (name) => [name, await installedVersion(name)] as const),
  );
  const packed = Object.keys(PACKAGES).map((name) => {
    const file = `${name.replace('@', '').replace('/', '-')}-0.1.0.tgz`;
    return [name, `file:${file}`] as const;
  });
  const dependencies = {
    ...Object.fromEntries([...packed, ...versions]),
    '@playwright/test': await installedVersion('playwright'),
  };
  await cp(new URL('./project', import.meta.url), folder, { recursive: true });
  const manifest = { name: 'stranger', private: true, type: 'module', dependencies };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await npm(['install', '--no-audit', '--no-fund', '--prefer-offline'], folder);
  return folder;
}

/**
 * `npm run sandbox:package [-- --contract]`: proves that both packages serve a project that has nothing of this
 * repository. With `--contract` the contract suite runs against the installed package, too.
 */
async function prove(folder: string): Promise<void> {
  await proveCommands(folder);
  for (const resolution of ['bundler', 'nodenext']) {
    await npm(['exec', '--', 'tsc', '-p', `tsconfig.${resolution}.json`], folder);
  }
  const { path } = await provideBrowser();
  const env = {
    PAGE_PORT: String(await findNeighbouringPorts(1)),
    BROWSER: path,
    ...(process.getuid?.() === 0 ? { IN_CONTAINER: '1' } : {}),
  };
  await npm(['exec', '--', 'playwright', 'test'], folder, env);
  if (!process.argv.includes('--contract')) return;
  const config = '--config=sandbox/realtime/contract/playwright.config.ts';
  const code = await runPlaywright([config], {
    CONTRACT_PACKAGE: join(folder, 'node_modules/@parley/realtime-sandbox/start-sandbox.mjs'),
  });
  if (code !== 0) throw new Error('The contract suite failed against the package.');
}

const folder = await createProject();
try {
  await prove(folder);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
