import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 10_000;

/** What a host's environment has beside the configuration: no variable of this run reaches the server. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'APPDATA', 'LOCALAPPDATA'];

/** One run of `npm start`, from the command line to its end. */
export class NpmStart {
  printed = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  constructor(directory: string, configuration: Record<string, string>) {
    const inherited = INHERITED.map((name) => [name, process.env[name]]);
    // A group of its own, so that the signal of a host's process manager can be sent to all of it.
    this.#child = spawn('npm', ['start'], {
      cwd: directory,
      env: { ...Object.fromEntries(inherited), ...configuration },
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

  /** Resolves when the server responds. Throws with all that it printed when it ends before, or takes 30 s. */
  async responds(url: string): Promise<void> {
    const giveUp = AbortSignal.timeout(READY_WITHIN_MS);
    while (!giveUp.aborted && this.#child.exitCode === null) {
      const response = await fetch(url, { signal: giveUp }).catch(() => null);
      if (response) return;
      await Promise.race([this.#ended, once(this.#child.stdout ?? this.#child, 'data')]);
    }
    throw new Error(`npm start did not get to respond:\n${this.printed}`);
  }

  /** Resolves when the process and its output have ended on their own. */
  ended(): Promise<void> {
    return this.#ended;
  }

  /** Sends SIGTERM to npm, as a host does; throws when the server is still there 10 s later. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    const late = AbortSignal.timeout(STOP_WITHIN_MS);
    const isLate = once(late, 'abort').then(() => true);
    if (!(await Promise.race([this.#ended.then(() => false), isLate]))) return;
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL');
    throw new Error(`npm start did not stop on SIGTERM:\n${this.printed}`);
  }
}
