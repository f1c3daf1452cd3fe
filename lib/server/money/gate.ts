// Tested in console/console-state.test.
import 'server-only';
import { utcDay } from '@/lib/server/money/utc-day';
import { storeKeys } from '@/lib/server/store/store-keys';

const DAY_MS = 24 * 3600 * 1000;

/** Lua for scripts that pause the site or block somebody: makes the next reservation look again. */
export const SHUT_GATE = `for _, books in ipairs(KEY.books) do redis.call('HDEL', books, 'gate') end`;

/** Returns the keys of all books that a reservation may be using now, as the clocks of processes differ a little. */
export const gateBooks = (nowMs: number): string[] =>
  [-1, 0, 1].map((days) => storeKeys.books(utcDay(nowMs + days * DAY_MS)));
