import 'server-only';
import type { User } from '@/lib/server/auth/user';
import { type Account, secondsLeft } from '@/lib/server/money/ledger';
import { getEnv } from '@/lib/server/platform/env';

/** What a user may still talk today. */
interface Allowance {
  secondsLeftToday: number;
  secondsPerDay: number;
}

/** Where a person's seconds are counted. A guest's network counts too, so clearing cookies buys nothing. */
export function accountsOf(user: User): Account[] {
  const allowanceSeconds = getEnv().voice.allowanceSeconds[user.role];
  const ids = user.network ? [user.id, `network_${user.network}`] : [user.id];
  return ids.map((id) => ({ id, allowanceSeconds }));
}

/** What the person may still talk today: one request to the database. Throws `store_unavailable`. */
export async function getAllowance(user: User): Promise<Allowance> {
  const accounts = accountsOf(user);
  return {
    secondsLeftToday: await secondsLeft(accounts, Date.now()),
    secondsPerDay: getEnv().voice.allowanceSeconds[user.role],
  };
}
