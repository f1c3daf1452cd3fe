import 'server-only';
import { site } from '@/business/site';
import type { ToolContext } from '@/lib/server/agents/define-tool';
import type { User } from '@/lib/server/auth/user';
import { widestNetwork } from '@/lib/server/http/client-network';
import { getRedis } from '@/lib/server/store/redis';
import { handOff } from '@/lib/server/tools/hand-off';
import type { CallId } from '@/lib/shared/ids';

/** What the context takes from a user. */
export type ToolCaller = Pick<User, 'id' | 'role' | 'network'>;

/** Returns what a tool may rely on, in this user's call and at this moment. */
export const createToolContext = (
  { id, role, network }: ToolCaller,
  callId: CallId,
  signal: AbortSignal,
): ToolContext => ({
  user: { id, role },
  callId,
  network: network && widestNetwork(network),
  now: new Date(),
  timeZone: site.timeZone,
  redis: getRedis(),
  handOff: (agentName) => handOff({ id, role }, callId, agentName),
  signal,
});
