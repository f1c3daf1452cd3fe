import 'server-only';
import type { User } from '@/lib/server/auth/user';
import { type Account, secondsLeft } from '@/lib/server/money/ledger';
import { getEnv } from '@/lib/server/platform/env';

/** What a user may still talk today. */
interface Allowance {
  secondsLeftToday: number;
  secondsPerDay: number;
}

/**
 * Returns the accounts on which the user's seconds are counted. Guests are recognised by network, not by cookie:
 * clearing cookies gains nothing.
 */
export function listAccounts(user: User): Account[] {
  const allowanceSeconds = getEnv().voice.allowanceSeconds[user.role];
  const ids = user.network ? [user.id, `network_${user.network}`] : [user.id];
  return ids.map((id) => ({ id, allowanceSeconds }));
}

/** Returns what the user may still talk today: one request to the database. Throws `store_unavailable`. */
export async function getAllowance(user: User): Promise<Allowance> {
  return {
    secondsLeftToday: await secondsLeft(listAccounts(user), Date.now()),
    secondsPerDay: getEnv().voice.allowanceSeconds[user.role],
  };
}
