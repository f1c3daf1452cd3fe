import 'server-only';
import { getEnv } from '@/lib/server/env';
import { handOff } from '@/lib/server/hand-off';
import { getRedis } from '@/lib/server/redis';
import type { ToolContext, ToolUser } from '@/lib/server/tools/define-tool';

/** What a tool may rely on, in this person's call and at this moment. */
export const createToolContext = (user: ToolUser, callId: string, signal: AbortSignal): ToolContext => ({
  user,
  callId,
  now: new Date(),
  timeZone: getEnv().shop.timeZone,
  redis: getRedis(),
  handOff: (agentName) => handOff(user, callId, agentName),
  signal,
});
