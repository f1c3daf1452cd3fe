import 'server-only';
import { closedInWords, type Hours, hoursOn, openDaysAfter } from '@/business/shop/opening-hours';
import { addDays, type ShopDay, type WallClock } from '@/business/shop/shop-clock';
import { dayInWords } from '@/business/shop/words/in-words';
import type { SaidDay } from '@/business/shop/words/spoken-day';
import { fail } from '@/lib/server/agents/outcome';
import type { ToolFailure } from '@/lib/shared/contract';

/** How far ahead the shop takes bookings, in days. */
const MOST_DAYS_AHEAD = 60;

/** A day on which the shop is open and takes bookings. */
export interface OpenDay {
  ok: true;
  day: ShopDay;
  hours: Hours;
}

const WHICH_DAY: Record<Extract<SaidDay, { kind: 'unclear' }>['why'], string> = {
  several_days: 'I need one day to look at. Which day would suit you, for example Tuesday?',
  not_a_day:
    'I did not understand the day. Please say it like "Friday", "tomorrow" or "the third of December".',
};

export const askForDay = (why: keyof typeof WHICH_DAY): ToolFailure => fail('which_day', WHICH_DAY[why]);

/**
 * Checks a requested day: open, not past and not too far ahead. When today's weekday is named alone and `isOver` returns
 * true for today, the day a week later is meant.
 */
export function openDay(
  said: Extract<SaidDay, { kind: 'day' }>,
  now: WallClock,
  isOver: (hours: Hours) => boolean,
): OpenDay | ToolFailure {
  const todayHours = hoursOn(now.day);
  const nextWeek = said.orWeekLater && (todayHours === null || isOver(todayHours));
  const day = nextWeek ? addDays(said.day, 7) : said.day;
  if (day < now.day)
    return fail('in_the_past', `${dayInWords(day)} has passed. Which day from today on would suit you?`);
  const lastDay = addDays(now.day, MOST_DAYS_AHEAD);
  if (day > lastDay) {
    return fail(
      'too_far_ahead',
      `We take bookings up to ${dayInWords(lastDay)}. Please choose an earlier day.`,
    );
  }
  const hours = hoursOn(day);
  if (hours !== null) return { ok: true, day, hours };
  const [next = day] = openDaysAfter(day, 1);
  return fail('closed', `We are ${closedInWords(day)}. The next day we are open is ${dayInWords(next)}.`);
}
