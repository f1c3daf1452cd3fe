import 'server-only';
import type { Hours } from '@/business/shop/opening-hours';
import type { ShopDay } from '@/business/shop/shop-clock';

/** Mechanics with a work stand each. An appointment takes one stand. */
export const STANDS = [1, 2] as const;
export type Stand = (typeof STANDS)[number];

/** Work starts on the hour and the half hour. */
export const CELL_MINUTES = 30;

/** Returns the number of half-hours that a job takes. */
export const cellsFor = (minutes: number) => Math.ceil(minutes / CELL_MINUTES);
export const cellAt = (minutes: number) => Math.floor(minutes / CELL_MINUTES);

/** One half-hour of one stand, as the field of the day's hash: "2:19" is stand 2 at 9:30. */
export type CalendarCell = `${Stand}:${number}`;
export const calendarCell = (stand: Stand, cell: number): CalendarCell => `${stand}:${cell}`;

/** How often another customer's job begins when a stand is free. The second mechanic is new and less in demand. */
const BUSY_PERCENT: Record<Stand, number> = { 1: 55, 2: 28 };

/** Kept free of other customers, so that a spoken booking at ten works. */
const KEPT_FREE = { from: cellAt(10 * 60), to: cellAt(11 * 60) };

/** Returns a generator of numbers from 0 to 2³² − 1, always the same ones for the same text (FNV-1a, then mulberry32). */
function numbersFrom(text: string): () => number {
  let state = 2166136261;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/**
 * Returns the half-hours that other customers hold on a day. They follow from the date alone, so the demo's calendar looks
 * busy without a stored booking, and looks the same to everyone.
 */
export function takenByOthers(day: ShopDay, hours: Hours): ReadonlySet<CalendarCell> {
  const taken = new Set<CalendarCell>();
  for (const stand of STANDS) {
    const next = numbersFrom(`${day} stand ${stand}`);
    let cell = cellAt(hours.opens);
    while (cell < cellAt(hours.closes)) {
      const busy = next() % 100 < BUSY_PERCENT[stand];
      const length = 1 + (next() % 3);
      const end = busy ? Math.min(cell + length, cellAt(hours.closes)) : cell + 1;
      for (; cell < end; cell++) {
        const keptFree = cell >= KEPT_FREE.from && cell < KEPT_FREE.to;
        if (busy && !keptFree) taken.add(calendarCell(stand, cell));
      }
    }
  }
  return taken;
}
