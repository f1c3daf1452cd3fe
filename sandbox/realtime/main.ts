import { HELP, readOptions, type SandboxOptions } from './control/options.ts';
import { PROFILES } from './control/profiles.ts';
import { KeyRing } from './http/bearer.ts';
import { RealtimeServer } from './http/realtime-server.ts';
import { Scopes } from './http/scopes.ts';
import { createMedia } from './media/create-media.ts';
import type { Media } from './media/interfaces.ts';
import { loadPhrases } from './mind/load-phrases.ts';
import { startMemory } from './mind/memory.ts';
import { createMind } from './mind/mind.ts';
import { REAL_PACE } from './protocol/responses/pace.ts';
import { watchPackageRunner } from './watch-package-runner.ts';

/** A client that keeps its connection open must not keep the process alive. */
const STOP_WITHIN_MS = 2_000;

/** Starts the Realtime sandbox: `parley-realtime-sandbox --port 8080`. */
async function start(options: SandboxOptions): Promise<void> {
  const phrases = await loadPhrases(options.phrases);
  const media = createMedia({ loopback: options.loopback });
  const mind = createMind(
    phrases,
    media.then(
      ({ senses }) => senses,
      () => null,
    ),
  );
  const scopes = new Scopes(
    {
      keys: new KeyRing(options.apiKey),
      pace: REAL_PACE,
      maxSessionSeconds: options.maxSessionSeconds,
      mcpHosts: options.mcpHosts,
      media,
      mind,
      startMemory,
    },
    { maxCalls: options.maxCalls, faults: options.faults, profile: PROFILES[options.profile] },
  );
  const server = new RealtimeServer(scopes);
  let opened: Media | null = null;
  const stop = (): void => {
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
    void server
      .close()
      .then(() => opened?.close())
      .catch(() => undefined)
      .finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
  watchPackageRunner(stop);

  const baseUrl = await server.listen(options.port, options.host);
  console.log(baseUrl);
  opened = await media;
  process.send?.({ type: 'ready', baseUrl });
}

function fail(error: unknown): never {
  console.error(explain(error));
  process.exit(1);
}

/** What went wrong, for whoever typed the command. */
function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, port } = error as { code?: string; port?: number };
  if (code !== 'EADDRINUSE') return error.message;
  return `Port ${port} is in use. Choose another with --port; 0 takes any free one.`;
}

if (process.argv.includes('--help')) {
  console.log(HELP);
  process.exit(0);
}
try {
  await start(readOptions(process.argv.slice(2), process.env));
} catch (error) {
  fail(error);
}
