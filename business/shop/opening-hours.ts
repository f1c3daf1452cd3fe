import 'server-only';
import { holidayOn } from '@/business/shop/holidays';
import { addDays, getWeekday, type ShopDay } from '@/business/shop/shop-clock';

/** Minutes since midnight by the shop's clock. */
export interface Hours {
  opens: number;
  closes: number;
}

const WEEKDAY: Hours = { opens: 9 * 60, closes: 17 * 60 + 30 };
const SATURDAY: Hours = { opens: 10 * 60, closes: 16 * 60 };

/** From Sunday to Saturday. `null`: closed. */
const WEEK: readonly (Hours | null)[] = [null, WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, SATURDAY];

export const OPENING_HOURS_IN_WORDS =
  'Monday to Friday from 9 am to 5:30 pm, Saturday from 10 am to 4 pm. Closed on Sundays and public holidays.';

/** Returns the opening hours of a day, or `null` when the shop is closed. */
export function hoursOn(day: ShopDay): Hours | null {
  return holidayOn(day) === null ? (WEEK[getWeekday(day)] ?? null) : null;
}

/** Returns why the shop is closed on a day: "closed on Sundays", "closed for Good Friday". */
export function closedInWords(day: ShopDay): string {
  const holiday = holidayOn(day);
  return holiday === null ? 'closed on Sundays' : `closed for ${holiday}`;
}

/** Returns the last open day before `day`. */
export function openDayBefore(day: ShopDay): ShopDay {
  const before = addDays(day, -1);
  return hoursOn(before) === null ? openDayBefore(before) : before;
}

/** Returns the next open days after `day`. */
export function openDaysAfter(day: ShopDay, count: number): ShopDay[] {
  const days: ShopDay[] = [];
  for (let next = addDays(day, 1); days.length < count; next = addDays(next, 1)) {
    if (hoursOn(next) !== null) days.push(next);
  }
  return days;
}
