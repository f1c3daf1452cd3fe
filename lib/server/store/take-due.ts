// Tested in endings/end-call.test and webhooks/webhooks.test.
import 'server-only';
import { z } from 'zod';
import { defineScript, runScript } from '@/lib/server/store/run-script';

/**
 * Takes a few members of a queue that are due, and moves each a lease ahead: the process that took them deals with them,
 * and if it dies, the next one finds them again.
 */
const TAKE_DUE = defineScript({
  keys: ['queue'],
  args: ['nowMs', 'count', 'leaseEndMs'],
  reply: z.array(z.string()),
  lua: `
local due = redis.call('ZRANGEBYSCORE', KEY.queue, '-inf', ARG.nowMs, 'LIMIT', 0, ARG.count)
for _, member in ipairs(due) do redis.call('ZADD', KEY.queue, ARG.leaseEndMs, member) end
return due
`,
});

/** Takes at most `count` members of a sorted set by time, for this process to deal with. Throws `store_unavailable`. */
export function takeDue(queue: string, count: number, leaseMs: number): Promise<string[]> {
  const nowMs = Date.now();
  return runScript(TAKE_DUE, { queue }, { nowMs, count, leaseEndMs: nowMs + leaseMs });
}
