import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { FaultyProxy } from '../attack/server/faulty-proxy.ts';
import { findNeighbouringPorts } from '../browser/free-ports.ts';
import { readImage } from './container/dockerfile.ts';
import { HostedProcess, type Program } from './hosted-process.ts';
import type { ImageFolder } from './prepare-image.ts';
import { type SystemRedis, startSystemRedis } from './system-redis.ts';

const NOBODY = '65534';

const image = readImage();

export interface Provider {
  baseUrl: string;
  apiKey: string;
}

export interface ImageSite {
  port: number;
  /** Its own address, without a proxy in front. */
  url: string;
  server: HostedProcess;
  toProvider: FaultyProxy;
  redis: SystemRedis;
  /** Runs the health check of the image. */
  isHealthy(): boolean;
  stop(): Promise<void>;
}

/** A command of the image, with the permissions of a user who may read the folder and nothing else. */
export function inContainer(
  words: readonly string[],
  directory: string,
  env: Record<string, string>,
): Program {
  const drop = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  const command = [...(process.getuid?.() === 0 ? drop : []), ...words];
  const [name = '', ...others] = command.map((word) => (word === 'node' ? process.execPath : word));
  return { command: [name, ...others], directory, env };
}

function succeeds({ command: [name, ...words], directory, env }: Program): boolean {
  try {
    execFileSync(name, words, { cwd: directory, env: env as NodeJS.ProcessEnv, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts the server as the Dockerfile says, with a Redis of its own, and with no variable but those of the image and
 * the settings. Its `NEXTAUTH_URL` is its own address unless the settings have one; an empty one counts as not set.
 */
export async function startImageSite(
  { directory }: ImageFolder,
  { baseUrl, apiKey }: Provider,
  settings: Record<string, string> = {},
): Promise<ImageSite> {
  const [redis, port] = await Promise.all([startSystemRedis(), findNeighbouringPorts(1)]);
  const toProvider = new FaultyProxy(baseUrl);
  const url = `http://localhost:${port}`;
  const env = {
    ...image.env,
    PORT: String(port),
    OPENAI_BASE_URL: await toProvider.listen(),
    OPENAI_API_KEY: apiKey,
    REDIS_URL: redis.url,
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    AUTH_GUEST: 'true',
    NEXTAUTH_URL: url,
    ...settings,
  };
  const server = new HostedProcess(inContainer(image.command, directory, env));
  return {
    port,
    url,
    server,
    toProvider,
    redis,
    isHealthy: () => succeeds(inContainer(image.healthCheck, directory, env)),
    async stop() {
      await server.stop().finally(() => Promise.all([redis.stop(), toProvider.close()]));
    },
  };
}
