import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { hoursOn } from '@/business/shop/opening-hours';
import { addDays, type ShopDay } from '@/business/shop/shop-clock';
import type { ToolContext } from '@/lib/server/agents/define-tool';
import { getRedis } from '@/lib/server/store/redis';
import { CallId, UserId } from '@/lib/shared/ids';

const FIRST_MONDAY: ShopDay = '2040-01-02';
const WEEKS = 20_000;

/**
 * The Monday of a week without holidays, always the same for the same name. Tests share one desk, so each takes a
 * week of its own; it lies far ahead, because Redis forgets the desk of a day that is over.
 */
export function mondayFor(name: string): ShopDay {
  let monday = addDays(FIRST_MONDAY, (createHash('sha1').update(name).digest().readUInt32BE() % WEEKS) * 7);
  const isOpenAllWeek = () => [0, 1, 2, 3, 4, 5, 7, 8].every((day) => hoursOn(addDays(monday, day)) !== null);
  while (!isOpenAllWeek()) monday = addDays(monday, 7);
  return monday;
}

/** A new customer of the shop on a day in summer or winter, at 8 by UTC, as a tool meets one. */
export function newVisit(day: ShopDay, role: ToolContext['user']['role'] = 'guest'): ToolContext {
  return {
    user: { id: UserId.parse(`${role}_${randomUUID()}`), role },
    callId: CallId.parse('call_test'),
    now: new Date(`${day}T07:00:00Z`),
    timeZone: 'Europe/London',
    redis: getRedis(),
    handOff: () => Promise.reject(new Error('Nobody else is in the shop.')),
    signal: AbortSignal.timeout(60_000),
  };
}
