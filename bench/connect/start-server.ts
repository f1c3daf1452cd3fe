import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Server {
  origin: string;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Starts the built site with its sandbox, without the limits that a person meets. Resolves when it can be called.
 * `directory`: where the site was built, this repository by default.
 */
export function startServer(port: number, directory = root): Promise<Server> {
  const child = spawn(
    process.execPath,
    ['--import', 'jiti/register', 'sandbox/run.ts', 'start', '--port', String(port)],
    {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        PARLEY_SANDBOX: '1',
        VOICE_CALLS_PER_MINUTE: '1000',
        VOICE_GUEST_SECONDS_PER_DAY: '86400',
        VOICE_SITE_BUDGET_USD_PER_DAY: '100000',
      },
    },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (!/Parley\s+http/.test(printed)) return;
      resolve({
        origin: `http://localhost:${port}`,
        stop: () => {
          child.kill('SIGTERM');
          return exited;
        },
      });
    });
    void exited.then(() => reject(new Error('The site did not start. Build it first: npm run build')));
  });
}
