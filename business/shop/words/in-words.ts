import 'server-only';
import type { ShopDay } from '@/business/shop/shop-clock';

/** How the shop writes days, times and prices: easy to read on the screen and to say aloud. */

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const listFormat = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** "Friday 27 November". */
export const dayInWords = (day: ShopDay) => dayFormat.format(new Date(day)).replace(',', '');

/** "9:30 am", "2 pm", "noon". */
export function timeInWords(minutes: number): string {
  const hour = Math.floor(minutes / 60);
  const minute = minutes % 60;
  if (hour === 12 && minute === 0) return 'noon';
  const clock = String(hour % 12 === 0 ? 12 : hour % 12);
  const past = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${clock}${past} ${hour < 12 ? 'am' : 'pm'}`;
}

/** "09:30", as data. */
export const timeAsData = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** "45 minutes", "an hour", "2 and a half hours". */
export function lengthInWords(minutes: number): string {
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  if (minutes % 60 === 30) return hours === 1 ? 'an hour and a half' : `${hours} and a half hours`;
  return hours === 1 ? 'an hour' : `${hours} hours`;
}

export const priceInWords = (pounds: number) => `£${pounds}`;

/** "a, b and c". */
export const listInWords = (items: readonly string[]) => listFormat.format(items);

/** "a, with commas; and b": for items that contain commas, so that they can be told apart by ear. */
export const longListInWords = (items: readonly string[]) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join('; ')}; and ${items.at(-1)}`;

/** "a new chain" → "A new chain". */
export const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
