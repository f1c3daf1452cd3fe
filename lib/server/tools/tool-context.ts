import 'server-only';
import { site } from '@/business/site';
import type { ToolContext, ToolUser } from '@/lib/server/agents/define-tool';
import { getRedis } from '@/lib/server/store/redis';
import { handOff } from '@/lib/server/tools/hand-off';
import type { CallId } from '@/lib/shared/ids';

/** Returns what a tool may rely on, in this user's call and at this moment. */
export const createToolContext = (user: ToolUser, callId: CallId, signal: AbortSignal): ToolContext => ({
  user,
  callId,
  now: new Date(),
  timeZone: site.timeZone,
  redis: getRedis(),
  handOff: (agentName) => handOff(user, callId, agentName),
  signal,
});
