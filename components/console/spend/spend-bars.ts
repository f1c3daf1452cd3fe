import type { SpendOf, SpendSums } from '@/lib/shared/owner/spend';

/** More bars than this are too thin for a phone. */
const MOST_BARS = 92;
const DAYS_OF_A_WEEK = 7;

export interface SpendBar extends SpendSums {
  from: string;
  to: string;
}

const sum = (days: readonly SpendOf<'day'>[], field: keyof SpendSums) =>
  days.reduce((total, day) => total + day[field], 0);

/** Returns a bar for each day, or for each week if there are too many days. The last one ends today. */
export function toBars(days: readonly SpendOf<'day'>[]): SpendBar[] {
  const size = days.length > MOST_BARS ? DAYS_OF_A_WEEK : 1;
  const bars: SpendBar[] = [];
  for (let end = days.length; end > 0; end -= size) {
    const part = days.slice(Math.max(0, end - size), end);
    bars.unshift({
      from: part[0]?.day ?? '',
      to: part.at(-1)?.day ?? '',
      calls: sum(part, 'calls'),
      seconds: sum(part, 'seconds'),
      microUsd: sum(part, 'microUsd'),
    });
  }
  return bars;
}

/** Returns the top of the scale: the next 1, 2 or 5 of its power of ten, and a cent at least. */
export function scaleTop(microUsd: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(microUsd, 10_000)));
  return ([1, 2, 5, 10].find((step) => step * power >= microUsd) ?? 10) * power;
}
