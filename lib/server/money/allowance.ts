import 'server-only';
import type { ConnectMode } from '@/lib/server/auth/connect-mode';
import type { User } from '@/lib/server/auth/user';
import { listWiderNetworks } from '@/lib/server/http/client-network';
import { type Account, secondsLeft } from '@/lib/server/money/ledger';
import { getEnv } from '@/lib/server/platform/env';
import { shareSeconds } from '@/lib/server/platform/setup/budget-notes';
import { toMicroUsd } from '@/lib/shared/prices';

/** A wider network may hold several households, so it gets this many times the seconds of the next narrower one. */
const WIDER_FACTOR = 2;

/** What a user may still talk today. */
interface Allowance {
  secondsLeftToday: number;
  secondsPerDay: number;
}

/** A call on the caller's own key costs the site nothing, so the budget does not cut it. */
function secondsPerDay({ role }: User): number {
  const { openai, realtime, voice } = getEnv();
  const seconds = voice.allowanceSeconds[role];
  return openai.apiKey === null
    ? seconds
    : Math.min(seconds, shareSeconds({ ...voice, model: realtime.model }));
}

/**
 * Returns the accounts on which the user's seconds are counted. Guests are recognised by network, not by cookie:
 * clearing cookies gains nothing. Someone who has many IPv6 networks is recognised by the wider ones.
 */
function secondsAccounts(user: User): Account[] {
  const limit = secondsPerDay(user);
  const networks = user.network === null ? [] : listWiderNetworks(user.network);
  return [
    { id: user.id, limit, unit: 'seconds' },
    ...networks.map(
      (id, i): Account => ({
        id: `network_${id}`,
        limit: limit * WIDER_FACTOR ** i,
        unit: 'seconds',
        isShared: true,
      }),
    ),
  ];
}

/** The site's own money. Guests share a part of it, so that they cannot shut out the members. */
function moneyAccounts(user: User): Account[] {
  const { siteBudgetUsdPerDay, guestBudgetUsdPerDay } = getEnv().voice;
  const site: Account = { id: 'site', limit: toMicroUsd(siteBudgetUsdPerDay), unit: 'micro_usd' };
  if (user.role !== 'guest') return [site];
  const limit = Math.min(site.limit, toMicroUsd(guestBudgetUsdPerDay));
  return [{ id: 'guests', limit, unit: 'micro_usd', isShared: true }, site];
}

/** Returns every account on which the user's call counts. A call on the caller's own key costs the site no money. */
export const listAccounts = (user: User, mode: ConnectMode): Account[] => [
  ...secondsAccounts(user),
  ...(mode === 'own_key' ? [] : moneyAccounts(user)),
];

/** Returns how long the user may still talk today, with one request to the database. Throws `store_unavailable`. */
export async function getAllowance(user: User): Promise<Allowance> {
  return {
    secondsLeftToday: await secondsLeft(secondsAccounts(user), Date.now()),
    secondsPerDay: secondsPerDay(user),
  };
}
