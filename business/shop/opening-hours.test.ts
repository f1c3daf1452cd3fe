import { expect, test } from 'vitest';
import { holidayOn } from '@/business/shop/holidays';
import { closedInWords, hoursOn, openDayBefore, openDaysAfter } from '@/business/shop/opening-hours';
import type { ShopDay } from '@/business/shop/shop-clock';

test.each([
  ['2026-11-23', 'Monday', 9, 17.5],
  ['2026-11-27', 'Friday', 9, 17.5],
  ['2026-11-28', 'Saturday', 10, 16],
] as const)('%s (%s) is open', (day, _, opens, closes) => {
  expect(hoursOn(day)).toEqual({ opens: opens * 60, closes: closes * 60 });
});

test.each<[ShopDay, string]>([
  ['2026-11-22', 'closed on Sundays'],
  ['2026-12-25', 'closed for Christmas Day'],
  ['2026-12-26', 'closed for Boxing Day'],
  ['2027-01-01', "closed for New Year's Day"],
  ['2026-04-03', 'closed for Good Friday'],
  ['2026-04-06', 'closed for Easter Monday'],
  ['2027-03-26', 'closed for Good Friday'],
  ['2038-04-26', 'closed for Easter Monday'],
  ['2026-05-04', 'closed for the bank holiday'],
  ['2026-05-25', 'closed for the bank holiday'],
  ['2026-08-31', 'closed for the bank holiday'],
])('%s: %s', (day, words) => {
  expect(hoursOn(day)).toBeNull();
  expect(closedInWords(day)).toBe(words);
});

test('ordinary days of those months are open', () => {
  for (const day of ['2026-05-11', '2026-08-24', '2026-12-24', '2026-04-07'] as const) {
    expect(holidayOn(day)).toBeNull();
  }
});

test('the days around Christmas are skipped in both directions', () => {
  expect(openDaysAfter('2026-12-24', 2)).toEqual(['2026-12-28', '2026-12-29']);
  expect(openDayBefore('2026-12-28')).toBe('2026-12-24');
});
