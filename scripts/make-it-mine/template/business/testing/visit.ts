import 'server-only';
import { randomUUID } from 'node:crypto';
import { site } from '@/business/site';
import type { ToolContext } from '@/lib/server/agents/define-tool';
import { getRedis } from '@/lib/server/store/redis';
import { CallId, UserId } from '@/lib/shared/ids';

/** The context of a tool in a call of a visitor who was never here before, from a network or from an unknown one. */
export const newVisit = (
  role: ToolContext['user']['role'] = 'guest',
  network: string | null = null,
): ToolContext => ({
  user: { id: UserId.parse(`${role}_${randomUUID()}`), role },
  callId: CallId.parse('call_test'),
  network,
  now: new Date('2040-01-02T12:00:00Z'),
  timeZone: site.timeZone,
  redis: getRedis(),
  handOff: () => Promise.reject(new Error('There is no other agent.')),
  signal: AbortSignal.timeout(60_000),
});
