import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  addDays,
  formatMoment,
  getWeekday,
  isShopDay,
  parseMoment,
  shopDay,
  wallClock,
} from '@/business/shop/shop-clock';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles'])('on a server in %s', (zone) => {
  test.each([
    // The clocks of London go forward at 01:00 UTC on 29 March 2026, and back at 01:00 UTC on 25 October.
    ['2026-03-29T00:59:00Z', 'Europe/London', '2026-03-29T00:59'],
    ['2026-03-29T01:00:00Z', 'Europe/London', '2026-03-29T02:00'],
    ['2026-10-25T00:30:00Z', 'Europe/London', '2026-10-25T01:30'],
    ['2026-10-25T01:30:00Z', 'Europe/London', '2026-10-25T01:30'],
    ['2026-11-21T23:59:00Z', 'Europe/London', '2026-11-21T23:59'],
    ['2026-11-22T00:00:00Z', 'Europe/London', '2026-11-22T00:00'],
    ['2026-07-01T23:30:00Z', 'Europe/London', '2026-07-02T00:30'],
    ['2026-11-21T12:00:00Z', 'Pacific/Kiritimati', '2026-11-22T02:00'],
    ['2026-11-21T05:00:00Z', 'America/New_York', '2026-11-21T00:00'],
    ['2026-12-31T18:30:00Z', 'Asia/Kolkata', '2027-01-01T00:00'],
  ])('%s in %s is %s', (instant, shopZone, wall) => {
    vi.stubEnv('TZ', zone);
    expect(formatMoment(wallClock(new Date(instant), shopZone))).toBe(wall);
  });
});

test('days are counted by the calendar, across daylight-saving changes', () => {
  expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
  expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(getWeekday('2026-11-27')).toBe(5);
});

test('days that do not exist are refused', () => {
  expect(shopDay(2028, 2, 29)).toBe('2028-02-29');
  expect(shopDay(2026, 2, 29)).toBeNull();
  expect(shopDay(2026, 13, 1)).toBeNull();
  expect(['2026-02-28', '2026-02-31', '2026-2-3', 'friday'].map(isShopDay)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('a moment survives the round trip through text', () => {
  expect(parseMoment(formatMoment({ day: '2026-11-27', minutes: 9 * 60 + 5 }))).toEqual({
    day: '2026-11-27',
    minutes: 545,
  });
  expect(() => parseMoment('soon')).toThrow(RangeError);
});
