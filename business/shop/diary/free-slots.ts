import 'server-only';
import {
  type CalendarCell,
  CELL_MINUTES,
  calendarCell,
  cellAt,
  cellsFor,
  STANDS,
  type Stand,
  takenByOthers,
} from '@/business/shop/diary/workshop-calendar';
import { hoursOn } from '@/business/shop/opening-hours';
import type { ShopDay, WallClock } from '@/business/shop/shop-clock';

/** Returns the half-hours that an appointment takes on one stand. */
export const cellsOnStand = (stand: Stand, startMinutes: number, lengthMinutes: number): CalendarCell[] =>
  Array.from({ length: cellsFor(lengthMinutes) }, (_, i) => calendarCell(stand, cellAt(startMinutes) + i));

/** Returns the half-hours that an appointment may hold, on every stand. */
export const cellsOnAnyStand = (startMinutes: number, lengthMinutes: number): CalendarCell[] =>
  STANDS.flatMap((stand) => cellsOnStand(stand, startMinutes, lengthMinutes));

/** Returns the stands that other customers leave free for an appointment. */
export function standsFreeOfOthers(day: ShopDay, startMinutes: number, lengthMinutes: number): Stand[] {
  const hours = hoursOn(day);
  if (hours === null) return [];
  const taken = takenByOthers(day, hours);
  return STANDS.filter((stand) =>
    cellsOnStand(stand, startMinutes, lengthMinutes).every((cell) => !taken.has(cell)),
  );
}

/**
 * Returns the times (minutes since midnight) at which a job of this length can start on a day: within opening hours, not
 * in the past, and with one stand free for the whole job.
 */
export function freeStarts(
  day: ShopDay,
  lengthMinutes: number,
  booked: ReadonlySet<string>,
  now: WallClock,
): number[] {
  const hours = hoursOn(day);
  if (hours === null) return [];
  const taken = takenByOthers(day, hours);
  const isFree = (cell: CalendarCell) => !taken.has(cell) && !booked.has(cell);
  const last = hours.closes - cellsFor(lengthMinutes) * CELL_MINUTES;
  const starts: number[] = [];
  for (let start = hours.opens; start <= last; start += CELL_MINUTES) {
    const isOver = day < now.day || (day === now.day && start <= now.minutes);
    if (!isOver && STANDS.some((stand) => cellsOnStand(stand, start, lengthMinutes).every(isFree)))
      starts.push(start);
  }
  return starts;
}
