import 'server-only';
import {
  CELL_MINUTES,
  cellAt,
  cellsFor,
  type DeskCell,
  deskCell,
  STANDS,
  type Stand,
  takenByOthers,
} from '@/business/shop/diary/workshop-calendar';
import { hoursOn } from '@/business/shop/opening-hours';
import type { ShopDay, WallClock } from '@/business/shop/shop-clock';

/** The half-hours that one appointment would take. */
export const cellsOnStand = (stand: Stand, startMinutes: number, lengthMinutes: number): DeskCell[] =>
  Array.from({ length: cellsFor(lengthMinutes) }, (_, i) => deskCell(stand, cellAt(startMinutes) + i));

/** Every half-hour, on every stand, that an appointment may have taken. */
export const cellsOnAnyStand = (startMinutes: number, lengthMinutes: number): DeskCell[] =>
  STANDS.flatMap((stand) => cellsOnStand(stand, startMinutes, lengthMinutes));

/** Stands that other customers leave free for an appointment. */
export function standsFreeOfOthers(day: ShopDay, startMinutes: number, lengthMinutes: number): Stand[] {
  const hours = hoursOn(day);
  if (hours === null) return [];
  const taken = takenByOthers(day, hours);
  return STANDS.filter((stand) =>
    cellsOnStand(stand, startMinutes, lengthMinutes).every((cell) => !taken.has(cell)),
  );
}

/**
 * Times (minutes since midnight) at which a job of this length can start on a day: within opening hours, not in
 * the past, with one stand free for all of it.
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
  const isFree = (cell: DeskCell) => !taken.has(cell) && !booked.has(cell);
  const last = hours.closes - cellsFor(lengthMinutes) * CELL_MINUTES;
  const starts: number[] = [];
  for (let start = hours.opens; start <= last; start += CELL_MINUTES) {
    const isOver = day < now.day || (day === now.day && start <= now.minutes);
    if (!isOver && STANDS.some((stand) => cellsOnStand(stand, start, lengthMinutes).every(isFree)))
      starts.push(start);
  }
  return starts;
}
