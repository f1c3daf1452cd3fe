import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Longer than the slowest request: a relayed offer takes up to nine seconds, and giving back after it five. */
const STOP_GRACE_MS = 20_000;
const FOLLOW_PARENT = new URL('./follow-parent.mjs', import.meta.url).href;

/** A Node program that the runner started. */
export interface Service {
  process: ChildProcess;
  /** Resolves to a sentence when the program has ended, for any reason. */
  ended: Promise<string>;
  /** Stops it with SIGTERM, and with SIGKILL when its last requests take too long. */
  stop(): Promise<void>;
}

interface ServiceOptions {
  /** For people: "The Realtime sandbox". */
  name: string;
  directory: string;
  /** What comes after `node` on the command line. */
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Standard output, then errors. */
  output: readonly ['pipe', 'pipe'] | readonly ['ignore', 'inherit'];
}

/** Starts a program that ends when the runner does, however the runner ends. */
export function startService({ name, directory, args, env, output }: ServiceOptions): Service {
  const options: SpawnOptions = { cwd: directory, env, stdio: ['ignore', ...output, 'ipc'] };
  const child = spawn(process.execPath, ['--import', FOLLOW_PARENT, ...args], options);
  const ended = once(child, 'exit').then(
    ([code, signal]) => `${name} ended (${signal ?? `exit code ${code}`}).`,
    (error: unknown) => `${name} did not start: ${error instanceof Error ? error.message : error}`,
  );

  return {
    process: child,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // Windows has no signals that a program could handle; there, the closed channel stops it.
      if (process.platform === 'win32' && child.connected) child.disconnect();
      else child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
      await ended;
      clearTimeout(force);
    },
  };
}
