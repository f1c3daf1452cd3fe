import { Ratelimit, type RatelimitConfig } from '@upstash/ratelimit';
import { Redis } from '@upstash/redis';

/** For tests: the official client against the engine that Vitest's global setup started. */
export const createTestClient = (options: { enableAutoPipelining?: boolean } = {}): Redis =>
  new Redis({
    url: process.env.UPSTASH_REDIS_REST_URL,
    token: process.env.UPSTASH_REDIS_REST_TOKEN,
    enableTelemetry: false,
    ...options,
  });

/** For tests: a unique name, because all test files share one database. */
export const uniqueKey = (name: string): string => `test:${crypto.randomUUID()}:${name}`;

/** For tests: a limiter that neither fails open nor uses its own memory. */
export const createTestLimiter = (
  redis: Redis,
  limiter: RatelimitConfig['limiter'],
  options: Partial<RatelimitConfig> = {},
): Ratelimit =>
  new Ratelimit({
    redis,
    limiter,
    prefix: uniqueKey('limit'),
    timeout: 0,
    ephemeralCache: false,
    ...options,
  });
