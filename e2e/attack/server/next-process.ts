import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const NEXT = 'node_modules/next/dist/bin/next';
const START_LIMIT_MS = 20_000;

/** One run of the production server. */
export class NextProcess {
  readonly #env: NodeJS.ProcessEnv;
  readonly #port: number;
  #child: ChildProcess | undefined;
  /** Everything it has printed, restarts included. */
  printed = '';

  constructor(port: number, env: NodeJS.ProcessEnv) {
    this.#port = port;
    this.#env = env;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async start(): Promise<void> {
    const args = [NEXT, 'start', '--port', String(this.#port), '--hostname', '127.0.0.1'];
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const from = this.printed.length;
    const ready = new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        this.printed += chunk.toString('utf8');
        if (this.printed.slice(from).includes('Ready in')) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', () => reject(new Error(`Next ended:\n${this.printed.slice(from)}`)));
      AbortSignal.timeout(START_LIMIT_MS).addEventListener('abort', () =>
        reject(new Error(`Next did not start:\n${this.printed.slice(from)}`)),
      );
    });
    await ready;
  }

  /** Ends the process as a power cut does: nothing is finished. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
