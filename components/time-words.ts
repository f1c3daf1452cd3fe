const pad = (value: number) => String(value).padStart(2, '0');

/** Formats seconds as a clock: 65 → "1:05", 3725 → "1:02:05". */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** Formats a duration in at most two units: 134 → "2 min 14 s", 7260 → "2 h 1 min". */
export function lengthText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes === 0) return `${whole} s`;
  return whole % 60 > 0 ? `${minutes} min ${whole % 60} s` : `${minutes} min`;
}

/** Says what attempts cost that did not become a call. */
export const chargedText = (seconds: number): string =>
  `A call that didn’t start took ${lengthText(seconds)} of today’s time, which was set aside for it.`;
