const MS_PER_DAY = 86_400_000;
const FRIDAY = 5;
const CHRISTMAS_AND_NEW_YEAR = ['12-25', '12-26', '01-01'];

/** Near Easter one of the Fridays is Good Friday. */
const isNearEaster = (monthAndDay: string) => monthAndDay >= '03-19' && monthAndDay <= '04-24';

/** Returns a weekday on which the workshop is certainly open this week and next, and that is in a recording. */
export function bookableDay(now = new Date()): 'friday' | 'tuesday' {
  const untilFriday = (FRIDAY - now.getUTCDay() + 7) % 7;
  const fridays = [untilFriday, untilFriday + 7].map((days) =>
    new Date(now.getTime() + days * MS_PER_DAY).toISOString().slice(5, 10),
  );
  const isClosed = fridays.some((day) => CHRISTMAS_AND_NEW_YEAR.includes(day) || isNearEaster(day));
  return isClosed ? 'tuesday' : 'friday';
}
