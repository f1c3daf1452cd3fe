// Tested in money/allowance.test.
import 'server-only';
import type { Variables } from '@/lib/server/platform/env-schema';
import { hasAccounts } from '@/lib/server/platform/setup/trust';
import { MICRO_USD, planningMicroUsdPerSecond } from '@/lib/shared/prices';

/** Nobody gets more of the site's day than this: else a few accounts shut it for everybody else. */
const PERSONS_SHARE = 1 / 4;

interface Budget {
  /** What all calls of a day may cost together, in US dollars. */
  siteBudgetUsdPerDay: number;
  model: string;
}

/** Returns the seconds for which one person's share of the site's day pays. */
export const shareSeconds = ({ siteBudgetUsdPerDay, model }: Budget): number =>
  Math.floor((siteBudgetUsdPerDay * PERSONS_SHARE * MICRO_USD) / planningMicroUsdPerSecond(model));

const SECONDS_OF = [
  'VOICE_GUEST_SECONDS_PER_DAY',
  'VOICE_USER_SECONDS_PER_DAY',
  'VOICE_ADMIN_SECONDS_PER_DAY',
] as const;

/** Returns whether only guests can sign in to a deployed site and nothing says what they may spend: most of the budget is for nobody. */
const isGuestsOnly = (v: Variables): boolean =>
  v.NODE_ENV === 'production' &&
  v.AUTH_GUEST === true &&
  !hasAccounts(v) &&
  v.VOICE_GUEST_BUDGET_USD_PER_DAY === undefined;

/** Returns one sentence for each limit that does not fit the site's budget. For the start log and the setup page. */
export function listBudgetNotes(v: Variables): string[] {
  if (!v.OPENAI_API_KEY) return [];
  const model = v.OPENAI_REALTIME_MODEL;
  const siteBudgetUsdPerDay = v.VOICE_SITE_BUDGET_USD_PER_DAY;
  const most = shareSeconds({ siteBudgetUsdPerDay, model });
  const notes = SECONDS_OF.filter((name) => v[name] > most).map((name) => {
    const usd = ((v[name] * planningMicroUsdPerSecond(model)) / MICRO_USD).toFixed(2);
    return `${name}=${v[name]} would cost $${usd} with ${model}, more than a quarter of VOICE_SITE_BUDGET_USD_PER_DAY=${siteBudgetUsdPerDay}: nobody gets more than ${most} seconds a day.`;
  });
  const guests = v.VOICE_GUEST_BUDGET_USD_PER_DAY;
  if (guests !== undefined && guests > siteBudgetUsdPerDay) {
    notes.push(
      `VOICE_GUEST_BUDGET_USD_PER_DAY=${guests} is more than VOICE_SITE_BUDGET_USD_PER_DAY=${siteBudgetUsdPerDay}, so guests can use up the day of everybody else.`,
    );
  }
  if (isGuestsOnly(v)) {
    notes.push(
      `Only guests can sign in, and all of them together get a third of VOICE_SITE_BUDGET_USD_PER_DAY=${siteBudgetUsdPerDay}. VOICE_GUEST_BUDGET_USD_PER_DAY=${siteBudgetUsdPerDay} gives them all of it.`,
    );
  }
  return notes;
}
