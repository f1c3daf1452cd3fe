// Tested in budget-marks.test.
import 'server-only';
import { getEnv } from '@/lib/server/platform/env';
import { isWanted, tellOnce } from '@/lib/server/webhooks/tell';
import { planningMicroUsdPerSecond, toMicroUsd } from '@/lib/shared/prices';

/** Less than this is no conversation, unless calls are this short anyway: an account with less left counts as used up. */
const LEAST_SECONDS = 15;

/** Returns the fewest seconds for which a call begins. */
export const leastSeconds = (): number => Math.min(LEAST_SECONDS, getEnv().voice.callSeconds);

/** The owner is told at these, in per cent of the site's day. */
const MARKS = [50, 80, 100];

/**
 * Returns the marks for the scripts of the ledger, or an empty text if nobody wants to know. All of the day counts as spent
 * when too little is left for the shortest call: then the site is closed until midnight.
 */
export function budgetMarks(): string {
  if (!isWanted('budget.reached')) return '';
  const { voice, realtime } = getEnv();
  const budget = toMicroUsd(voice.siteBudgetUsdPerDay);
  const closed = budget - leastSeconds() * planningMicroUsdPerSecond(realtime.model) + 1;
  return JSON.stringify(
    MARKS.map((percent) => [percent, Math.min(Math.ceil((budget * percent) / 100), Math.max(1, closed))]),
  );
}

/** Tells the owner of each mark that a day has passed, once. */
export function tellMarks(day: string, marks: readonly number[]): void {
  const budgetUsd = getEnv().voice.siteBudgetUsdPerDay;
  for (const percent of marks) {
    tellOnce({ type: 'budget.reached', about: `${day}_${percent}`, data: { day, percent, budgetUsd } });
  }
}
