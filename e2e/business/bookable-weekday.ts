const MS_PER_DAY = 86_400_000;
/** The voice tests book Fridays. */
const WEEKDAYS = ['Wednesday', 'Thursday', 'Tuesday'];
const NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const CHRISTMAS_AND_NEW_YEAR = ['12-25', '12-26', '12-27', '12-28', '01-01', '01-02', '01-03'];

let asked = 0;

/** Excludes today: ten o'clock may have passed. */
function isBookable(weekday: string, now: Date): boolean {
  const days = (NAMES.indexOf(weekday) - now.getUTCDay() + 7) % 7;
  const date = new Date(now.getTime() + days * MS_PER_DAY).toISOString().slice(5, 10);
  return days > 0 && !CHRISTMAS_AND_NEW_YEAR.includes(date);
}

/** Returns a weekday of the coming week that is free at ten. Each call returns another one, because two bookings fill that hour. */
export function bookableWeekday(now = new Date()): string {
  const open = WEEKDAYS.filter((weekday) => isBookable(weekday, now));
  return open[asked++ % open.length] ?? 'Wednesday';
}
