import 'server-only';
import type { NoBooking } from '@/business/shop/diary/appointments';
import { askForDay, openDay } from '@/business/shop/diary/asked-day';
import { startTime } from '@/business/shop/diary/asked-time';
import { freeStarts } from '@/business/shop/diary/free-slots';
import type { ShopVisit } from '@/business/shop/diary/shop-visit';
import type { Service } from '@/business/shop/services';
import { type WallClock, wallClock } from '@/business/shop/shop-clock';
import { dayInWords, listInWords, timeInWords } from '@/business/shop/words/in-words';
import { readSaidDay } from '@/business/shop/words/spoken-day';
import { readSaidTime, timeWithin } from '@/business/shop/words/spoken-time';
import { parseService } from '@/business/tools/said-service';
import { fail } from '@/lib/server/agents/outcome';
import type { ToolFailure } from '@/lib/shared/contract';

const MOST_ALTERNATIVES = 3;

/** What would be booked, as the visitor's words mean it. */
export interface BookingPlan {
  ok: true;
  service: Service;
  at: WallClock;
  now: WallClock;
}

/** Returns the plan that the words of a booking mean. Does not check whether the time is free. */
export function planBooking(
  said: { service: string; day: string; time: string },
  visit: Pick<ShopVisit, 'now' | 'timeZone'>,
): BookingPlan | ToolFailure {
  const asked = parseService(said.service);
  if (!asked.ok) return asked;
  const { service } = asked;

  const now = wallClock(visit.now, visit.timeZone);
  const saidDay = readSaidDay(said.day, now);
  if (saidDay.kind !== 'day') return askForDay(saidDay.kind === 'unclear' ? saidDay.why : 'several_days');
  const saidTime = readSaidTime(said.time);
  if (saidTime === null) {
    return fail(
      'which_time',
      'I did not understand the time. Please say it like "ten thirty" or "two o\'clock".',
    );
  }
  const open = openDay(saidDay, now, (hours) => timeWithin(saidTime, hours) <= now.minutes);
  if (!open.ok) return open;
  const start = startTime(saidTime, open, service, now);
  if (!start.ok) return start;
  return { ok: true, service, at: { day: open.day, minutes: start.minutes }, now };
}

/** Returns the free times nearest to the requested one, in order of time. */
const nearest = (starts: readonly number[], wanted: number) =>
  starts
    .toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))
    .slice(0, MOST_ALTERNATIVES)
    .toSorted((a, b) => a - b);

/** Returns why a plan cannot be carried out, with other times if there are any. */
export function refuseBooking({ service, at, now }: BookingPlan, booking: NoBooking): ToolFailure {
  if (booking.outcome === 'too_many') {
    return fail(
      'too_many_appointments',
      'You have five appointments already. Cancel one before you book another.',
    );
  }
  if (booking.outcome === 'too_many_of_network') {
    return fail(
      'too_many_appointments',
      'Guests on your network have ten appointments already, which is the most we keep. Cancel one, or sign in to book another.',
    );
  }
  const taken = `${dayInWords(at.day)} at ${timeInWords(at.minutes)} is taken.`;
  const free = freeStarts(at.day, service.minutes, booking.booked, now);
  if (free.length === 0)
    return fail('slot_taken', `${taken} Nothing else is free that day. Which other day would suit you?`);
  const others = listInWords(nearest(free, at.minutes).map(timeInWords));
  return fail('slot_taken', `${taken} That day we still have ${others}.`);
}
