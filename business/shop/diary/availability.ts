import 'server-only';
import { freeStarts } from '@/business/shop/diary/free-slots';
import { shopKeys } from '@/business/shop/diary/shop-keys';
import type { ShopVisit } from '@/business/shop/diary/shop-visit';
import { openDaysAfter } from '@/business/shop/opening-hours';
import { type ShopDay, wallClock } from '@/business/shop/shop-clock';
import type { PartOfDay } from '@/business/shop/words/spoken-day';
import { fromStore } from '@/lib/server/store/run-script';

export interface DayAvailability {
  day: ShopDay;
  /** Possible starts of the job, in minutes since midnight. */
  starts: number[];
}

/** From (inclusive) and to (exclusive), in minutes since midnight. */
const PARTS: Record<PartOfDay, [number, number]> = {
  morning: [0, 12 * 60],
  afternoon: [12 * 60, 17 * 60],
  evening: [17 * 60, 24 * 60],
};

/** When each part of the day ends, in minutes since midnight. */
export const endTime = (part: PartOfDay | null) => (part === null ? 24 * 60 : PARTS[part][1]);

export function startsIn(part: PartOfDay | null, starts: readonly number[]): number[] {
  if (part === null) return [...starts];
  const [from, to] = PARTS[part];
  return starts.filter((start) => start >= from && start < to);
}

/**
 * Returns when a job of this length can start on `day` and on the open days after it. One request.
 * Throws `store_unavailable`.
 */
export async function availabilityFrom(
  visit: ShopVisit,
  day: ShopDay,
  followingDays: number,
  lengthMinutes: number,
): Promise<[DayAvailability, ...DayAvailability[]]> {
  const now = wallClock(visit.now, visit.timeZone);
  const following = openDaysAfter(day, followingDays);
  const pipeline = visit.redis.pipeline();
  for (const one of [day, ...following]) pipeline.hkeys(shopKeys.calendar(one));
  const [bookedThatDay, ...bookedLater] = await fromStore(pipeline.exec<string[][]>());
  const on = (one: ShopDay, booked: readonly string[] = []): DayAvailability => ({
    day: one,
    starts: freeStarts(one, lengthMinutes, new Set(booked), now),
  });
  return [on(day, bookedThatDay), ...following.map((one, i) => on(one, bookedLater[i]))];
}
