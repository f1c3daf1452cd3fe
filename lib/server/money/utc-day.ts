// Tested in ledger.test.
import 'server-only';

/** How long after midnight a call of yesterday may still be open: an hour, and the time to notice its end. */
const LOOK_BACK_SECONDS = 2 * 3600;
const SECONDS_PER_DAY = 86_400;

/** Returns a day such as `2026-11-21`. Allowances and the budget start again with each UTC day. */
export const utcDay = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10);

export const dayBefore = (day: string): string => utcDay(Date.parse(day) - 1);

const secondsSinceMidnight = (nowMs: number) => Math.floor(nowMs / 1000) % SECONDS_PER_DAY;

/** Returns the whole seconds until the next UTC midnight. */
export const secondsUntilNextDay = (nowMs: number): number => SECONDS_PER_DAY - secondsSinceMidnight(nowMs);

/** Returns whether a call that began yesterday may still be open. */
export const isSoonAfterMidnight = (nowMs: number): boolean =>
  secondsSinceMidnight(nowMs) < LOOK_BACK_SECONDS;
