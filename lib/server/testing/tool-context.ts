import { randomUUID } from 'node:crypto';
import type { ToolContext } from '@/lib/server/agents/define-tool';
import { getRedis } from '@/lib/server/store/redis';
import { CallId, UserId } from '@/lib/shared/ids';

/** What a tool gets outside of a call: a new guest, now. */
export const newToolContext = (): ToolContext => ({
  user: { id: UserId.parse(`guest_${randomUUID()}`), role: 'guest' },
  callId: CallId.parse('call_test'),
  network: null,
  now: new Date(),
  timeZone: 'Asia/Tokyo',
  redis: getRedis(),
  handOff: () => Promise.reject(new Error('No other agent is here.')),
  signal: AbortSignal.timeout(60_000),
});
