import { Faults } from './control/faults.ts';
import { HELP, readOptions, type SandboxOptions } from './control/options.ts';
import { PROFILES } from './control/profiles.ts';
import { KeyRing } from './http/bearer.ts';
import { CallRegistry } from './http/call-registry.ts';
import { RealtimeServer } from './http/realtime-server.ts';
import { Secrets } from './http/secrets.ts';
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
  const media = createMedia();
  const mind = createMind(
    phrases,
    media.then(
      ({ senses }) => senses,
      () => null,
    ),
  );
  const server = new RealtimeServer({
    keys: new KeyRing(options.apiKey),
    secrets: new Secrets(),
    calls: new CallRegistry(options.maxCalls),
    faults: new Faults(options.faults, PROFILES[options.profile]),
    pace: REAL_PACE,
    maxSessionSeconds: options.maxSessionSeconds,
    mcpHosts: options.mcpHosts,
    media,
    mind,
    startMemory,
  });

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
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
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
