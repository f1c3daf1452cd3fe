import type { EmbeddedRedis, EmbeddedRedisOptions } from './interfaces.mjs';

export type { EmbeddedRedis, EmbeddedRedisOptions } from './interfaces.mjs';

/**
 * A real Valkey engine in this process behind the Upstash REST protocol, reachable from this machine only. Any number can
 * run beside one another; none sees the data of another. Throws when `port` is in use.
 */
export declare function startRedis(options?: EmbeddedRedisOptions): Promise<EmbeddedRedis>;
