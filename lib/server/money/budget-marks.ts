// Tested in budget-marks.test.
import 'server-only';
import { getEnv } from '@/lib/server/platform/env';
import { isWanted, tellOnce } from '@/lib/server/webhooks/tell';
import { planningMicroUsdPerSecond, toMicroUsd } from '@/lib/shared/prices';

/** An account with less left than this counts as used up, unless the site's calls are even shorter. */
const LEAST_SECONDS = 15;

/** Returns the fewest seconds with which a call may begin. */
export const leastSeconds = (): number => Math.min(LEAST_SECONDS, getEnv().voice.callSeconds);

/** The owner is told when spending passes these, in per cent of the site's budget for a day. */
const MARKS = [50, 80, 100];

/**
 * Returns the marks for the scripts of the ledger, or an empty string if no webhook asks for them. The day counts as spent
 * when too little is left for the shortest call: the site is then closed until midnight.
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

/** Tells the owner, once, of each mark that a day has passed. */
export function tellMarks(day: string, marks: readonly number[]): void {
  const budgetUsd = getEnv().voice.siteBudgetUsdPerDay;
  for (const percent of marks) {
    tellOnce({ type: 'budget.reached', about: `${day}_${percent}`, data: { day, percent, budgetUsd } });
  }
}
