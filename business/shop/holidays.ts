import 'server-only';
import { addDays, getWeekday, type ShopDay, shopDay } from '@/business/shop/shop-clock';

const MONDAY = 1;

/** Easter Sunday of the Gregorian calendar (the "anonymous" algorithm of Meeus, Jones and Butcher). */
function easterSunday(year: number): ShopDay | null {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const months = h + l - 7 * m + 114;
  return shopDay(year, Math.floor(months / 31), (months % 31) + 1);
}

/** Returns the holiday on this day, in words that fit "we are closed for …", or `null`. */
export function holidayOn(day: ShopDay): string | null {
  const [year = 0, month = 0, dayOfMonth = 0] = day.split('-').map(Number);
  if (month === 1 && dayOfMonth === 1) return "New Year's Day";
  if (month === 12 && dayOfMonth === 25) return 'Christmas Day';
  if (month === 12 && dayOfMonth === 26) return 'Boxing Day';
  if (getWeekday(day) === MONDAY) {
    if (month === 5 && (dayOfMonth <= 7 || dayOfMonth > 24)) return 'the bank holiday';
    if (month === 8 && dayOfMonth > 24) return 'the bank holiday';
  }
  const easter = easterSunday(year);
  if (easter === null) return null;
  if (day === addDays(easter, -2)) return 'Good Friday';
  if (day === addDays(easter, 1)) return 'Easter Monday';
  return null;
}
