import 'server-only';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { AppError } from '@/lib/server/platform/app-error';
import { getRedis } from '@/lib/server/store/redis';

/** However slow the database is, a visitor hears of it within two seconds. */
const PATIENCE_MS = 1800;

export interface Script {
  source: string;
  sha1: string;
}

/**
 * A Lua script that runs atomically. Upstash locks only the keys named in KEYS when the first line says so,
 * and that line is why every key of a script must be passed in KEYS.
 */
export function defineScript(body: string): Script {
  const source = `#!lua flags=allow-key-locking\n${body}`;
  return { source, sha1: createHash('sha1').update(source).digest('hex') };
}

const isNoScript = (error: unknown) => error instanceof Error && error.message.includes('NOSCRIPT');

/** Answers what `operation` answers, or throws `store_unavailable` when it fails or takes too long. */
export async function fromStore<T>(operation: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database did not answer in time.')), PATIENCE_MS);
  });
  try {
    return await Promise.race([operation, tooSlow]);
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('store_unavailable', { cause });
  } finally {
    clearTimeout(timer);
  }
}

async function evaluate<T>(script: Script, keys: string[], args: (string | number)[], reply: z.ZodType<T>) {
  const redis = getRedis();
  // The command leaves in the tick of the call: commands of one tick share one HTTP request.
  const answer = await redis.evalsha<(string | number)[], unknown>(script.sha1, keys, args).catch((error) => {
    if (isNoScript(error)) return redis.eval<(string | number)[], unknown>(script.source, keys, args);
    throw error;
  });
  return reply.parse(answer);
}

/** Runs a script by its hash. A failure, a late answer and an odd answer are all `store_unavailable`. */
export const runScript = <T>(
  script: Script,
  keys: string[],
  args: (string | number)[],
  reply: z.ZodType<T>,
): Promise<T> => fromStore(evaluate(script, keys, args, reply));
