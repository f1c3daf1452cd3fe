import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { findNeighbouringPorts } from '../browser/free-ports.ts';
import { readValkeyOptions } from './container/compose.ts';
import { isInstalled } from './run-proof.ts';

export interface SystemRedis {
  /** For `REDIS_URL`. */
  url: string;
  /** Returns how many commands it has run, those within scripts included, as Upstash bills them. */
  countCommands(): Promise<number>;
  stop(): Promise<void>;
}

/** What a client sends for itself, and this count. */
const NOT_COUNTED = ['hello', 'client', 'info', 'ping'];

async function countCommands(url: string): Promise<number> {
  const client = await createClient({ url }).connect();
  const stats = await client.info('commandstats');
  client.destroy();
  return [...stats.matchAll(/^cmdstat_(\w+)[^:]*:calls=(\d+)/gm)]
    .filter(([, name = '']) => !NOT_COUNTED.includes(name))
    .reduce((sum, [, , calls]) => sum + Number(calls), 0);
}

/** Either will do. */
export const REDIS_PROGRAMS = ['valkey-server', 'redis-server'] as const;

/** Starts the system's own `redis-server` or `valkey-server` with the options of compose.yaml. */
export async function startSystemRedis(): Promise<SystemRedis> {
  const program = REDIS_PROGRAMS.find(isInstalled);
  if (!program) throw new Error('There is neither valkey-server nor redis-server.');
  const port = String(await findNeighbouringPorts(1));
  const folder = mkdtempSync(join(tmpdir(), 'parley-redis-'));
  const place = ['--port', port, '--bind', '127.0.0.1', '--dir', folder];
  const child = spawn(program, [...place, ...readValkeyOptions()], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes('Ready to accept connections')) break;
  }
  if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}.`);
  child.stdout.resume();
  const url = `redis://127.0.0.1:${port}`;
  return {
    url,
    countCommands: () => countCommands(url),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
