import { randomUUID } from 'node:crypto';
import type { ToolContext } from '@/lib/server/agents/define-tool';
import { getRedis } from '@/lib/server/store/redis';

/** What a tool gets outside of a call: a new guest, now. */
export const newToolContext = (): ToolContext => ({
  user: { id: `guest_${randomUUID()}`, role: 'guest' },
  callId: 'call_test',
  now: new Date(),
  timeZone: 'Asia/Tokyo',
  redis: getRedis(),
  handOff: () => Promise.reject(new Error('No other agent is here.')),
  signal: AbortSignal.timeout(60_000),
});
