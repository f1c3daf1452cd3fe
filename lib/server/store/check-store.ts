import 'server-only';
import { z } from 'zod';
import { atMostOnceIn } from '@/lib/server/platform/at-most-once';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';
import { defineScript, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { StoreProblem } from '@/lib/shared/health';

const REMEMBER_MS = 60_000;

/** Writes two keys that a cluster keeps apart, as every reservation does, and returns what the database says of its memory. */
const CHECK = defineScript({
  keys: ['one', 'other'],
  args: ['nowMs'],
  reply: z.string(),
  lua: `
redis.call('SET', KEY.one, ARG.nowMs, 'EX', 60)
redis.call('SET', KEY.other, ARG.nowMs, 'EX', 60)
local info = redis.pcall('INFO', 'memory')
if type(info) == 'string' then return info end
return ''
`,
});

/** Words in the errors of Redis, Valkey and Upstash. The first that fits is taken. */
const ERRORS: readonly [RegExp, StoreProblem][] = [
  [/CROSSSLOT|MOVED|CLUSTERDOWN/, 'store_cluster'],
  [/NOPERM|READONLY/, 'store_read_only'],
  [/WRONGPASS|NOAUTH|Unauthorized|invalid.*password/i, 'store_refused'],
  [/max (daily )?requests? (size )?limit/i, 'store_quota_used'],
];

/** Returns what the error of a request to the database means. */
export function readStoreError(error: unknown): StoreProblem {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const message = cause instanceof Error ? cause.message : '';
  return ERRORS.find(([words]) => words.test(message))?.[1] ?? 'store_unreachable';
}

/**
 * Returns whether a database with this `INFO memory` drops keys when it is full. One that does not say counts as one
 * that keeps them.
 */
export function evicts(info: string): boolean {
  const read = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1];
  const policy = read('maxmemory_policy');
  return policy !== undefined && policy !== 'noeviction' && read('maxmemory') !== '0';
}

/** Returns what keeps the database from holding Parley's promises, or `null`. Never throws. */
export async function checkStore(): Promise<StoreProblem | null> {
  try {
    const keys = { one: storeKeys.check('one'), other: storeKeys.check('other') };
    return evicts(await runScript(CHECK, keys, { nowMs: Date.now() })) ? 'store_evicts' : null;
  } catch (error) {
    const problem = readStoreError(error);
    log().warn({ problem, error: describeError(error) }, 'the check of the database failed');
    return problem;
  }
}

/** The same, at most once a minute in this process: for pages that anyone may open. */
export const recentStoreProblem = atMostOnceIn(REMEMBER_MS, checkStore);
