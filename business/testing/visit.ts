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
 * Returns the Monday of a week without holidays, always the same for the same name. Tests share one calendar, so each uses
 * its own week, far ahead because Redis expires the calendar of a past day.
 */
export function mondayFor(name: string): ShopDay {
  let monday = addDays(FIRST_MONDAY, (createHash('sha1').update(name).digest().readUInt32BE() % WEEKS) * 7);
  const isOpenAllWeek = () => [0, 1, 2, 3, 4, 5, 7, 8].every((day) => hoursOn(addDays(monday, day)) !== null);
  while (!isOpenAllWeek()) monday = addDays(monday, 7);
  return monday;
}

/** Returns the tool context of a new customer at 07:00 UTC on a day, calling from a network or from an unknown one. */
export function newVisit(
  day: ShopDay,
  role: ToolContext['user']['role'] = 'guest',
  network: string | null = null,
): ToolContext {
  return {
    user: { id: UserId.parse(`${role}_${randomUUID()}`), role },
    callId: CallId.parse('call_test'),
    network,
    now: new Date(`${day}T07:00:00Z`),
    timeZone: 'Europe/London',
    redis: getRedis(),
    handOff: () => Promise.reject(new Error('There is no other agent in this test.')),
    signal: AbortSignal.timeout(60_000),
  };
}
