import 'server-only';
import { z } from 'zod';
import { agentTitle } from '@/lib/server/agents/lookup';
import { isOneNetwork } from '@/lib/server/http/client-network';
import { auditName } from '@/lib/server/records/audit';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { CallId, UserId } from '@/lib/shared/ids';
import type { ConsoleState, LiveCall } from '@/lib/shared/owner/console';

/** So many calls are listed at most, however many there are: each costs a command. */
export const MOST_LISTED = 50;
/** Connections that are still to be hung up stand in the same queue, so a little more is read. */
const LOOKED_AT = 2 * MOST_LISTED;

const Open = z.object({
  state: z.enum(['open', 'connected']),
  owner: UserId,
  agent: z.string(),
  startedAtMs: z.coerce.number(),
  microUsdPerSecond: z.coerce.number(),
  connect: z.string(),
  queued: z.string().catch(''),
});
const FIELDS = Object.keys(Open.shape);

/** Returns the network of a guest's call by its entry in the queue, the narrowest; `null` if it stands for many. */
export function findNetwork(queued: string): string | null {
  const name = / network_(\S+)/.exec(queued)?.[1] ?? null;
  return name !== null && isOneNetwork(name) ? name : null;
}

function describe(callId: CallId, fields: unknown, nowMs: number): LiveCall[] {
  const call = Open.safeParse(fields).data;
  if (!call) return [];
  const seconds = Math.max(0, Math.floor((nowMs - call.startedAtMs) / 1000));
  return [
    {
      callId,
      who: auditName(call.owner),
      agent: agentTitle(call.agent),
      seconds,
      microUsd: seconds * call.microUsdPerSecond,
      mode: call.connect,
      hasNetwork: findNetwork(call.queued) !== null,
    },
  ];
}

/** Returns what goes on now. Two commands, and one for each call that is listed. Throws `store_unavailable`. */
export async function readConsole(nowMs: number): Promise<ConsoleState> {
  const redis = getRedis();
  const [since, queue] = await fromStore(
    Promise.all([
      redis.exists(storeKeys.paused),
      redis.zrange<unknown[]>(storeKeys.deadlines, 0, LOOKED_AT - 1),
    ]),
  );
  const callIds = queue.flatMap((member) => CallId.safeParse(String(member).split(' ')[0]).data ?? []);
  const listed = callIds.slice(0, MOST_LISTED);
  const stored = await fromStore(
    Promise.all(listed.map((callId) => redis.hmget(storeKeys.call(callId), ...FIELDS))),
  );
  return {
    isPaused: since === 1,
    calls: listed.flatMap((callId, i) => describe(callId, stored[i], nowMs)),
    hasMore: callIds.length > listed.length || queue.length === LOOKED_AT,
  };
}
