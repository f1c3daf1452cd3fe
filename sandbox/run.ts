import { fileURLToPath } from 'node:url';
import { formatBanner } from './runner/banner.ts';
import { loadEnvironment } from './runner/options/load-environment.ts';
import { planServices } from './runner/options/plan-services.ts';
import { parseRunOptions } from './runner/options/run-options.ts';
import { SetupError } from './runner/options/setup-error.ts';
import { requireBuild } from './runner/services/next-service.ts';
import { createShutdown, type Shutdown } from './runner/shutdown.ts';
import './runner/services/follow-parent.mjs';
import { warmUp } from './runner/services/warm-up.ts';
import { startParley } from './runner/start-parley.ts';

const directory = fileURLToPath(new URL('..', import.meta.url));

/** Starts Parley with whatever it lacks: `node --import jiti/register sandbox/run.ts dev|start`. */
async function run(shutdown: Shutdown): Promise<void> {
  const options = parseRunOptions(process.argv.slice(2), process.env);
  if (options.mode === 'start') requireBuild(directory);
  const env = loadEnvironment(directory, options.mode);
  const plan = planServices(env, options.mode);

  const { url, phoneUrl, next } = await startParley({ directory, options, plan, env, shutdown });
  const colour = process.stdout.hasColors?.() ?? false;
  console.log(formatBanner({ mode: options.mode, url, phoneUrl, plan, colour }));

  if (options.mode !== 'dev') return;
  const asGuest = plan.realtime === 'sandbox' && plan.redis === 'embedded';
  await warmUp({ directory, url, asGuest, signal: shutdown.signal });
  next.output.warmingUp = false;
  console.log('  Every page was visited once: the first click is as quick as any.\n');
}

const shutdown = createShutdown();
try {
  await run(shutdown);
} catch (error) {
  if (!shutdown.signal.aborted) console.error(error instanceof SetupError ? error.message : error);
  shutdown.stop(1);
}
