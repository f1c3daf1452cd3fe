import 'server-only';
import { Redis } from '@upstash/redis';
import { AppError } from '@/lib/server/platform/app-error';
import { type Env, getEnv } from '@/lib/server/platform/env';
import { createTcpRequester } from '@/lib/server/store/redis-tcp';

/** No request to Redis may take longer, retry included: the caller is about to spend money. */
const DEADLINE_MS = 1_500;

type RedisConfig = NonNullable<Env['redis']>;

/**
 * Returns the Upstash client over HTTP, or over TCP for a `redis://` address. Its commands throw if Redis cannot be
 * reached; they never return a made-up value.
 */
export function createRedis(config: RedisConfig): Redis {
  if (config.kind === 'tcp') return new Redis(createTcpRequester(config.url, DEADLINE_MS));
  return new Redis({
    url: config.url,
    token: config.token,
    retry: { retries: 1 },
    // A function, because the client turns an aborted static signal into a successful response.
    signal: () => AbortSignal.timeout(DEADLINE_MS),
    enableAutoPipelining: true,
    enableTelemetry: false,
  });
}

let redis: Redis | undefined;

/** Returns the one client of this process, created on first use. Throws `not_configured` without a Redis. */
export function getRedis(): Redis {
  const config = getEnv().redis;
  if (!config) throw new AppError('not_configured');
  redis ??= createRedis(config);
  return redis;
}
