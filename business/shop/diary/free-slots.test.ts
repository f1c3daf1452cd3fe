import { expect, test } from 'vitest';
import { cellsOnStand, freeStarts, standsFreeOfOthers } from '@/business/shop/diary/free-slots';
import { CELL_MINUTES, calendarCell, takenByOthers } from '@/business/shop/diary/workshop-calendar';
import { hoursOn, openDaysAfter } from '@/business/shop/opening-hours';
import { SERVICES } from '@/business/shop/services';

const LONG_AGO = { day: '2026-11-01', minutes: 0 } as const;
const NOTHING_BOOKED = new Set<string>();
const days = openDaysAfter('2026-11-20', 300);

test('a day is the same every time, and days differ', () => {
  const [first, second] = days.map((day) => freeStarts(day, 45, NOTHING_BOOKED, LONG_AGO));
  expect(freeStarts('2026-11-21', 45, NOTHING_BOOKED, LONG_AGO)).toEqual(first);
  expect(first).not.toEqual(second);
});

test('the calendar is busy on every day, and never full', () => {
  for (const day of days) {
    const hours = hoursOn(day);
    if (hours === null) throw new Error('An open day has hours.');
    const cells = ((hours.closes - hours.opens) / CELL_MINUTES) * 2;
    const share = takenByOthers(day, hours).size / cells;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.9);
    expect(standsFreeOfOthers(day, 10 * 60, 60)).toEqual([1, 2]);
  }
});

test('every start is within opening hours, on the half hour, and leaves time for the whole job', () => {
  for (const day of days.slice(0, 60)) {
    const hours = hoursOn(day);
    for (const { minutes } of SERVICES) {
      for (const start of freeStarts(day, minutes, NOTHING_BOOKED, LONG_AGO)) {
        expect(start % CELL_MINUTES).toBe(0);
        expect(start).toBeGreaterThanOrEqual(hours?.opens ?? Infinity);
        expect(start + minutes).toBeLessThanOrEqual(hours?.closes ?? 0);
        expect(standsFreeOfOthers(day, start, minutes)).not.toEqual([]);
      }
    }
  }
});

test('nothing starts in the past, or at this very minute', () => {
  const atTen = freeStarts('2026-11-24', 30, NOTHING_BOOKED, { day: '2026-11-24', minutes: 10 * 60 });
  expect(atTen[0]).toBe(10 * 60 + 30);
  expect(freeStarts('2026-11-24', 30, NOTHING_BOOKED, { day: '2026-11-25', minutes: 0 })).toEqual([]);
  expect(freeStarts('2026-11-22', 30, NOTHING_BOOKED, LONG_AGO)).toEqual([]);
});

test('a booked stand leaves the other one, and two booked stands leave nothing', () => {
  const one = new Set<string>(cellsOnStand(1, 10 * 60, 60));
  const both = new Set<string>([...one, ...cellsOnStand(2, 10 * 60, 60)]);
  expect(freeStarts('2026-11-24', 60, one, LONG_AGO)).toContain(10 * 60);
  expect(freeStarts('2026-11-24', 60, both, LONG_AGO)).not.toContain(10 * 60);
});

test('a job of 45 minutes takes two half-hours', () => {
  expect(cellsOnStand(2, 10 * 60, 45)).toEqual([calendarCell(2, 20), calendarCell(2, 21)]);
});
