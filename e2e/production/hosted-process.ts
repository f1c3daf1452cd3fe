import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 10_000;

export interface Program {
  command: readonly [string, ...string[]];
  directory: string;
  /** The whole environment: no variable of this run reaches the program. */
  env: Record<string, string | undefined>;
}

/** What a host's environment has beside the configuration. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'APPDATA', 'LOCALAPPDATA'];

/** `npm start` as a host runs it. */
export const npmStart = (directory: string, configuration: Record<string, string>): Program => ({
  command: ['npm', 'start'],
  directory,
  env: { ...Object.fromEntries(INHERITED.map((name) => [name, process.env[name]])), ...configuration },
});

/** One run of the site's server, from the command line to its end. */
export class HostedProcess {
  printed = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  constructor({ command: [name, ...words], directory, env }: Program) {
    // A group of its own, so that the signal of a host's process manager can be sent to all of it.
    this.#child = spawn(name, words, {
      cwd: directory,
      env: env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32',
    });
    this.#ended = once(this.#child, 'close').then(() => undefined);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.printed += text;
      });
    }
  }

  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves when the server responds. Throws with all that it printed when it ends before, or takes 30 s. */
  async responds(url: string): Promise<void> {
    const giveUp = AbortSignal.timeout(READY_WITHIN_MS);
    while (!giveUp.aborted && this.#child.exitCode === null) {
      const response = await fetch(url, { signal: giveUp }).catch(() => null);
      if (response) return;
      await Promise.race([this.#ended, once(this.#child.stdout ?? this.#child, 'data')]);
    }
    throw new Error(`The server did not get to respond:\n${this.printed}`);
  }

  /** Resolves when the process and its output have ended on their own. */
  ended(): Promise<void> {
    return this.#ended;
  }

  /** Sends SIGTERM to the program, as a host does. */
  terminate(): void {
    this.#child.kill('SIGTERM');
  }

  /** The same, and resolves when it has ended; throws when it is still there 10 s later. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.terminate();
    const late = AbortSignal.timeout(STOP_WITHIN_MS);
    const isLate = once(late, 'abort').then(() => true);
    if (!(await Promise.race([this.#ended.then(() => false), isLate]))) return;
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL');
    throw new Error(`The server did not stop on SIGTERM:\n${this.printed}`);
  }
}
