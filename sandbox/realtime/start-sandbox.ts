import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const STOP_WITHIN_MS = 5_000;

export interface Sandbox {
  baseUrl: string;
  /** PEM: what a client must trust for `wss` and `https`, on the same port. New for every start. */
  certificate: string;
  process: ChildProcess;
  /** Stops the process. Resolves to its exit code; `null` when it had to be killed. */
  stop(): Promise<number | null>;
}

export interface SandboxSettings {
  /** How it behaves; `quick` by default. The README lists the profiles. */
  profile?: string;
  /** Faults from the start, as in the README's table. */
  faults?: object;
  /** Path of a module with the phrases of a business. */
  phrases?: string;
}

/**
 * Starts the sandbox as a process of its own on a free port, and waits until its recogniser and its synthesiser are ready.
 * `apiKey` is the only key that it accepts. Throws when it ends before that, having printed why.
 */
export async function startSandbox(apiKey: string, settings: SandboxSettings = {}): Promise<Sandbox> {
  const { profile, faults, phrases } = settings;
  const flags = [
    ...(profile ? ['--profile', profile] : []),
    ...(faults ? ['--faults', JSON.stringify(faults)] : []),
  ];
  const child = fork(fileURLToPath(new URL('./bin.mjs', import.meta.url)), ['--port', '0', ...flags], {
    env: {
      ...process.env,
      ...(phrases ? { SANDBOX_PHRASES: phrases } : {}),
      SANDBOX_API_KEY: apiKey,
      PARLEY_SANDBOX: '1',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const ready = once(child, 'message').then(([message]) => (message as { baseUrl: string }).baseUrl);
  const baseUrl = await Promise.race([
    ready,
    ended.then((code) => {
      throw new Error(`The sandbox ended before it was ready (exit code ${code}).`);
    }),
  ]);
  const certificate = await (await fetch(new URL('/__sandbox/certificate', baseUrl))).text();
  return {
    baseUrl,
    certificate,
    process: child,
    async stop() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      const code = await ended;
      clearTimeout(force);
      return code;
    },
  };
}
