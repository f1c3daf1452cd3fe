import 'server-only';

/** A calendar day in the shop's time zone, as `2026-11-27`. Days compare as strings. */
export type ShopDay = `${number}-${number}-${number}`;

/**
 * The time on the shop's wall clock. The shop calculates in wall-clock days and minutes, so neither the server's time zone
 * nor a daylight-saving change moves an appointment.
 */
export interface WallClock {
  day: ShopDay;
  /** Minutes since midnight. */
  minutes: number;
}

const MS_PER_DAY = 86_400_000;
const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;

export function isShopDay(text: string): text is ShopDay {
  const time = DAY_PATTERN.test(text) ? Date.parse(text) : Number.NaN;
  // `Date.parse` reads 31 February as 3 March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Returns a day, month 1 to 12, or `null` when the calendar has no such day (30 February). */
export function shopDay(year: number, month: number, dayOfMonth: number): ShopDay | null {
  const date = new Date(Date.UTC(year, month - 1, dayOfMonth));
  const day = date.toISOString().slice(0, 10);
  return date.getUTCMonth() === month - 1 && isShopDay(day) ? day : null;
}

/** Returns an instant as the wall clock in `timeZone` shows it. */
export function wallClock(now: Date, timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  const part = new Map(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  const read = (name: Intl.DateTimeFormatPartTypes) => part.get(name) ?? Number.NaN;
  const day = shopDay(read('year'), read('month'), read('day'));
  if (day === null) throw new RangeError('The shop’s clock cannot be read.');
  return { day, minutes: read('hour') * 60 + read('minute') };
}

const midnightUtc = (day: ShopDay) => Date.parse(day);

export function addDays(day: ShopDay, days: number): ShopDay {
  const moved = new Date(midnightUtc(day) + days * MS_PER_DAY).toISOString().slice(0, 10);
  if (!isShopDay(moved)) throw new RangeError('The day is outside the calendar.');
  return moved;
}

/** 0 is Sunday, as in `Date`. */
export const getWeekday = (day: ShopDay) => new Date(midnightUtc(day)).getUTCDay();

/** Returns a moment as text that sorts by time: `2026-11-27T09:30`. */
export function formatMoment({ day, minutes }: WallClock): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The reverse of {@link formatMoment}. */
export function parseMoment(moment: string): WallClock {
  const day = moment.slice(0, 10);
  const [hour = Number.NaN, minute = Number.NaN] = moment.slice(11).split(':').map(Number);
  if (!isShopDay(day) || Number.isNaN(hour + minute))
    throw new RangeError('This is no moment of the shop’s clock.');
  return { day, minutes: hour * 60 + minute };
}
