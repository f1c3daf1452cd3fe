import { parseArgs } from 'node:util';
import type { Environment, Mode } from './plan-services.ts';
import { SetupError } from './setup-error.ts';

export interface RunOptions {
  mode: Mode;
  /** The requested port; without one, 3000 or the next free one. */
  port?: number;
  /** The address to listen on; without one, this machine only, unless it is a real production start. */
  hostname?: string;
  /** Phones in the same network may visit, over HTTPS. */
  phone?: true;
}

const USAGE = 'Usage: npm run dev|start [-- --port 3000] [--hostname 0.0.0.0] [--phone]';

/** Throws `SetupError` with the name of the setting. */
export function parsePort(name: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new SetupError(`${name} is "${text}", but must be a whole number from 1 to 65535.`);
  }
  return port;
}

function parseWords(words: string[]) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        port: { type: 'string', short: 'p' },
        hostname: { type: 'string', short: 'H' },
        phone: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

/**
 * Reads the command line; `PORT` replaces a missing `--port`. Throws `SetupError` when something is wrong.
 */
export function parseRunOptions(words: string[], env: Environment): RunOptions {
  const { positionals, values } = parseWords(words);
  const [mode, ...rest] = positionals;
  if ((mode !== 'dev' && mode !== 'start') || rest.length > 0) throw new SetupError(USAGE);
  if (values.phone && mode !== 'dev') throw new SetupError(`--phone is for development.\n${USAGE}`);
  const [name, port] = values.port === undefined ? ['PORT', env.PORT?.trim()] : ['--port', values.port];
  return {
    mode,
    ...(port ? { port: parsePort(name, port) } : {}),
    ...(values.hostname === undefined ? {} : { hostname: values.hostname }),
    ...(values.phone ? { phone: true } : {}),
  };
}
