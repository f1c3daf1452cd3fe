import 'server-only';
import { GB } from 'chrono-node/en';
import { addDays, getWeekday, type ShopDay, shopDay, type WallClock } from '@/business/shop/shop-clock';
import { plainDayWords, WEEKDAY, WEEKDAYS } from '@/business/shop/words/day-words';

const PARTS_OF_DAY = ['morning', 'afternoon', 'evening'] as const;
export type PartOfDay = (typeof PARTS_OF_DAY)[number];

export type SaidDay =
  /** `orWeekLater`: today's weekday, named alone. When it is too late today, the same day next week is meant. */
  | { kind: 'day'; day: ShopDay; part: PartOfDay | null; orWeekLater: boolean }
  /** "As soon as possible", "any day". */
  | { kind: 'soonest'; part: PartOfDay | null }
  /** Several days ("next week", "in December"), or words that name no single day. */
  | { kind: 'unclear'; why: 'several_days' | 'not_a_day' };

type DayOrWhyNot = ShopDay | 'several_days' | 'not_a_day';

const SOONEST =
  /\b(soonest|as soon as|asap|earliest|first available|next available|next free|any ?day|any ?time|whenever)\b/;
const SEVERAL_DAYS = /\b(this|next) (week|month)\b|\bweek after next\b/;
const PART_OF_DAY = new RegExp(`\\b(in )?(${PARTS_OF_DAY.join('|')})\\b`);
const LAST_WEEKDAY = new RegExp(`^last (${WEEKDAY})$`);
const WEEKS_FROM = new RegExp(
  `^(?:in )?(?:(a|\\d{1,2}) )?weeks? (?:(?:from|after) )?(${WEEKDAY}(?: next week)?|today|tomorrow)$`,
);
const DAY_OF_MONTH = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)$|\\b${WEEKDAY} (\\d{1,2})$`);

/**
 * Reads a day as people say it: "Friday", "tomorrow morning", "the third of December", "Friday week", "in two weeks".
 * Ignores a time in the same words ("Friday at ten"). Reads past days too, so that the caller can say so.
 */
export function readSaidDay(said: string, now: WallClock): SaidDay {
  const words = plainDayWords(said);
  const part = PARTS_OF_DAY.find((name) => words.includes(name)) ?? null;
  const text = words.replace(PART_OF_DAY, ' ').replace(/\s+/g, ' ').trim();

  const day = readOneDay(text, now.day);
  if (day === 'several_days') return { kind: 'unclear', why: day };
  if (day === 'not_a_day') {
    return SOONEST.test(said.toLowerCase()) ? { kind: 'soonest', part } : { kind: 'unclear', why: day };
  }
  const bareWeekday = weekdayIn(text) >= 0 && !/\d|\b(this|next|last|week)\b/.test(text);
  return { kind: 'day', day, part, orWeekLater: bareWeekday && day === now.day };
}

const weekdayIn = (text: string) => WEEKDAYS.findIndex((name) => text.includes(name));

function readOneDay(text: string, today: ShopDay): DayOrWhyNot {
  if (/^yesterday\b/.test(text)) return addDays(today, -1);
  const last = LAST_WEEKDAY.exec(text);
  if (last !== null) {
    const daysAgo = (getWeekday(today) - weekdayIn(text) + 7) % 7;
    return addDays(today, daysAgo === 0 ? -7 : -daysAgo);
  }
  const weeksFrom = WEEKS_FROM.exec(text);
  if (weeksFrom !== null) {
    const from = chronoDay(weeksFrom[2] ?? '', today);
    const weeks = Number(weeksFrom[1] ?? 1) || 1;
    return from === 'several_days' || from === 'not_a_day' ? from : addDays(from, weeks * 7);
  }
  const named = weekdayIn(text);
  if (named < 0 && SEVERAL_DAYS.test(text)) return 'several_days';
  const day = dayOfMonth(text, today) ?? chronoDay(text, today);
  // "Saturday 30 November" when that is a Monday: asking is better than choosing.
  const contradicts =
    day !== 'several_days' && day !== 'not_a_day' && named >= 0 && getWeekday(day) !== named;
  return contradicts ? 'not_a_day' : day;
}

/** "The 3rd", "Friday the 27th": the next such day of the month. */
function dayOfMonth(text: string, today: ShopDay): ShopDay | null {
  const found = DAY_OF_MONTH.exec(text);
  if (found === null) return null;
  const wanted = Number(found[1] ?? found[2]);
  const [year = 0, month = 0] = today.split('-').map(Number);
  for (let ahead = 0; ahead < 3; ahead++) {
    const first = new Date(Date.UTC(year, month - 1 + ahead, 1));
    const day = shopDay(first.getUTCFullYear(), first.getUTCMonth() + 1, wanted);
    if (day !== null && day >= today) return day;
  }
  return null;
}

/** Reads the words with chrono, with the shop's date as "now". */
function chronoDay(text: string, today: ShopDay): DayOrWhyNot {
  const [year = 0, month = 0, dayOfMonth = 0] = today.split('-').map(Number);
  // chrono calculates in the server's time zone. Noon exists there on every day.
  const results = GB.parse(text, new Date(year, month - 1, dayOfMonth, 12), { forwardDate: true });
  const days = new Set<DayOrWhyNot>();
  for (const { start } of results) {
    const namesDay = start.isCertain('day') || start.isCertain('weekday');
    if (!namesDay && start.isCertain('month')) days.add('several_days');
    if (!namesDay) continue;
    days.add(shopDay(start.get('year') ?? 0, start.get('month') ?? 0, start.get('day') ?? 0) ?? 'not_a_day');
  }
  const [only = 'not_a_day'] = days;
  return days.size === 1 ? only : 'not_a_day';
}
