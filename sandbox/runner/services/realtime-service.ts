import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Service, startService } from './service.ts';

export interface RealtimeService extends Service {
  /** For `OPENAI_BASE_URL`. Known at once, served when `ready` resolves. */
  baseUrl: string;
  ready: Promise<void>;
}

interface RealtimeOptions {
  directory: string;
  env: NodeJS.ProcessEnv;
  /** The only key that it accepts. */
  apiKey: string;
  /** Chosen before it starts, because Next starts at the same time and must know it. */
  port: number;
}

/** Starts the Realtime sandbox in a process of its own, so that speech never delays anything else. */
export function startRealtime({ directory, env, apiKey, port }: RealtimeOptions): RealtimeService {
  const service = startService({
    name: 'The Realtime sandbox',
    directory,
    args: [fileURLToPath(import.meta.resolve('@parley/realtime-sandbox/bin')), '--port', String(port)],
    env: { ...findPhrases(directory), ...env, SANDBOX_API_KEY: apiKey, PARLEY_SANDBOX: '1' },
    output: ['ignore', 'inherit'],
  });
  return {
    ...service,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    ready: once(service.process, 'message').then(() => undefined),
  };
}

/** The site's phrases for the sandbox, if it has any; the environment can name others. */
function findPhrases(directory: string): { SANDBOX_PHRASES?: string } {
  const file = join(directory, 'business/sandbox-phrases.ts');
  return existsSync(file) ? { SANDBOX_PHRASES: file } : {};
}
