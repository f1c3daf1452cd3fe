import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Sandbox, SandboxSettings } from './suite/interfaces.mjs';
import { openScope } from './suite/scope.ts';

const STOP_WITHIN_MS = 5_000;

/** As `start-sandbox.d.mts` describes it. */
export async function startSandbox(
  apiKey = `sk-sandbox-${randomBytes(24).toString('hex')}`,
  { profile, faults, phrases, mcpHosts }: SandboxSettings = {},
): Promise<Sandbox> {
  const flags = [
    ...(profile ? ['--profile', profile] : []),
    ...(faults ? ['--faults', JSON.stringify(faults)] : []),
    ...(mcpHosts ? ['--mcp-hosts', mcpHosts.join(',')] : []),
  ];
  const child = fork(fileURLToPath(new URL('./bin.mjs', import.meta.url)), ['--port', '0', ...flags], {
    env: {
      ...process.env,
      ...(phrases ? { SANDBOX_PHRASES: phrases } : {}),
      SANDBOX_API_KEY: apiKey,
      PARLEY_SANDBOX: '1',
    },
    // A test runner's own flags are none of the sandbox's.
    execArgv: [],
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
    apiKey,
    certificate,
    process: child,
    isolate: () => openScope(baseUrl, apiKey),
    async stop() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      const code = await ended;
      clearTimeout(force);
      return code;
    },
  };
}
