import 'server-only';
import type { OpenDay } from '@/business/shop/diary/asked-day';
import { CELL_MINUTES, cellsFor } from '@/business/shop/diary/workshop-calendar';
import type { Service } from '@/business/shop/services';
import type { WallClock } from '@/business/shop/shop-clock';
import { dayInWords, lengthInWords, timeInWords } from '@/business/shop/words/in-words';
import { type SaidTime, timeWithin } from '@/business/shop/words/spoken-time';
import { fail } from '@/lib/server/agents/outcome';
import type { ToolFailure } from '@/lib/shared/contract';

/**
 * Returns when a service would start on an open day: on the hour or the half hour, not past, and early enough to be done
 * by closing time. Otherwise returns why it cannot.
 */
export function startTime(
  said: SaidTime,
  { day, hours }: OpenDay,
  service: Service,
  now: WallClock,
): { ok: true; minutes: number } | ToolFailure {
  const minutes = timeWithin(said, hours);
  if (day === now.day && minutes <= now.minutes) {
    return fail('in_the_past', `${timeInWords(minutes)} today has passed. Please choose a later time.`);
  }
  if (minutes < hours.opens || minutes >= hours.closes) {
    const open = `${timeInWords(hours.opens)} to ${timeInWords(hours.closes)}`;
    return fail('outside_hours', `On ${dayInWords(day)} we are open from ${open}.`);
  }
  const lastStart = hours.closes - cellsFor(service.minutes) * CELL_MINUTES;
  if (minutes > lastStart) {
    const length = lengthInWords(service.minutes);
    return fail(
      'outside_hours',
      `A ${service.name} takes ${length}, so the last one that day starts at ${timeInWords(lastStart)}.`,
    );
  }
  const past = minutes % CELL_MINUTES;
  if (past === 0) return { ok: true, minutes };
  const before = timeInWords(minutes - past);
  const after = timeInWords(minutes - past + CELL_MINUTES);
  return fail('off_the_half_hour', `We start on the hour and the half hour. Would ${before} or ${after} do?`);
}
