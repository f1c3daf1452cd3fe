/** Formats the time left today, rounded down so that it never promises too much. `null`: it could not be read. */
export function leftTodayText(seconds: number | null): string {
  if (seconds === null) return 'We can’t read your minutes right now';
  if (seconds <= 0) return 'No minutes left today';
  if (seconds < 60) return `${Math.floor(seconds)} s left today`;
  return `${Math.floor(seconds / 60)} min left today`;
}
