import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findNeighbouringPorts } from '../../e2e/browser/free-ports.ts';
import { HostedProcess } from '../../e2e/production/hosted-process.ts';
import { startSystemRedis } from '../../e2e/production/system-redis.ts';
import { startProvider } from '../redis-commands/provider.ts';

const STANDALONE = fileURLToPath(new URL('../../.next/standalone', import.meta.url));
const TICKS_PER_SECOND = 100;

export const ORIGIN = 'https://voice.example.com';
// The forged sign-ins are made with it.
process.env.AUTH_SECRET ??= randomBytes(32).toString('base64url');

/** Returns the seconds that a process has computed, in all its threads. */
function computedSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Starts so many processes of the image before one Redis, with a provider that takes every offer at once. */
export async function startSite(count: number) {
  const [redis, provider, port] = await Promise.all([
    startSystemRedis(),
    startProvider(),
    findNeighbouringPorts(count),
  ]);
  const servers = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const env = {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        HOSTNAME: '127.0.0.1',
        PORT: String(port + index),
        OPENAI_API_KEY: 'sk-bench-key',
        OPENAI_BASE_URL: provider.baseUrl,
        REDIS_URL: redis.url,
        AUTH_SECRET: process.env.AUTH_SECRET,
        AUTH_GITHUB_ID: 'id',
        AUTH_GITHUB_SECRET: 'secret',
        CLIENT_IP_HEADER: 'x-real-ip',
        NEXTAUTH_URL: ORIGIN,
        VOICE_CONNECT: 'relay',
        VOICE_SITE_BUDGET_USD_PER_DAY: '100000',
        LOG_LEVEL: 'error',
      };
      const server = new HostedProcess({
        command: [process.execPath, 'server.js'],
        directory: STANDALONE,
        env,
      });
      await server.responds(`http://127.0.0.1:${port + index}/icon.svg`);
      return server;
    }),
  );
  return {
    redis,
    urls: servers.map((_, index) => `http://127.0.0.1:${port + index}`),
    computedSeconds: () => servers.reduce((sum, { pid }) => sum + computedSeconds(pid), 0),
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
      provider.close();
      await redis.stop();
    },
  };
}
