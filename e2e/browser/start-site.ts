import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { endProgram } from './end-program.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STOP_WITHIN_MS = 8_000;
/** What the site prints when all of it can be used. A dev server first compiles every page. */
const READY = { dev: 'Every page was visited once', start: 'Site      http' };

export interface RunningSite {
  origin: string;
  /** Resolves when the process has exited. Kills it after 8 s. */
  stop(): Promise<void>;
}

export interface SiteOptions {
  port: number;
  env: Record<string, string>;
  /** Where the site was built; this repository by default. */
  directory?: string;
  /** `dev` runs the source as `npm run dev` does, `start` (the default) what was built. */
  mode?: 'start' | 'dev';
  /** A file that gets everything the site prints. */
  log?: string;
}

/**
 * Starts the site with its sandbox. Resolves when all of it can be used, speech included. Rejects when the
 * site exits before that.
 */
export function startSite({
  port,
  env,
  directory = ROOT,
  mode = 'start',
  log,
}: SiteOptions): Promise<RunningSite> {
  const command = ['--import', 'jiti/register', 'sandbox/run.ts', mode, '--port', String(port)];
  const child = spawn(process.execPath, command, {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PARLEY_SANDBOX: '1', ...env },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = () => endProgram(child, STOP_WITHIN_MS);
  const file = log === undefined ? undefined : createWriteStream(log);
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (chunk: Buffer) => {
      file?.write(chunk);
      printed += chunk.toString();
      if (printed.includes(READY[mode])) resolve({ origin: `http://localhost:${port}`, stop });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exited.then(() => {
      file?.end();
      reject(
        new Error(
          `The site did not start.${mode === 'start' ? ' Build it first: npm run build' : ''}\n${printed}`,
        ),
      );
    });
  });
}
