import { countText } from '@/components/number-words';
import { MICRO_USD } from '@/lib/shared/prices';

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** Formats a sum: 12345678 → "$12.35". */
export const usdText = (microUsd: number): string => dollars.format(microUsd / MICRO_USD);

export const callsText = (count: number): string => `${countText(count)} ${count === 1 ? 'call' : 'calls'}`;

/** Formats the talking time of many calls: 45 → "45 s", 5400 → "90 min", 360000 → "100 h". */
export function talkText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 600 ? `${minutes} min` : `${countText(Math.round(minutes / 60))} h`;
}

/** Formats a day such as `2026-11-29`: "29 Nov", and with its year "29 Nov 2026". */
export const dayText = (day: string, withYear = false): string =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(withYear ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  }).format(Date.parse(day));

const ROLES: Record<string, string> = { guest: 'Guests', user: 'Signed in', admin: 'Administrators' };
export const roleText = (role: string): string => ROLES[role] ?? role;
